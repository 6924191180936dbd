using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// Reads whole files, and nothing that only looks like one in a folder: opening a pipe waits for ever, and a device never
/// ends.
/// </summary>
internal static class RegularFile
{
    private const int AtCurrentDirectory = -100;
    private const uint TypeAndSize = 0x201;
    private const int TypeMask = 0xF000, Regular = 0x8000, Folder = 0x4000;

    /// <summary>What .NET puts in the place of a byte of a name that is not UTF-8; the file is not found by it any more.</summary>
    private const char Replaced = '\uFFFD';

    /// <summary>Whether a path leads to a file with an end.</summary>
    public static bool Is(string path) => FactsOf(path)?.Type == Regular;

    /// <summary>The bytes of a file. Messages name it.</summary>
    /// <exception cref="InvalidDataException">It is a folder, a pipe or a device, or has more than <paramref name="atMost"/> bytes.</exception>
    /// <exception cref="IOException">It is not there, or the disk fails.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadAll(string path, long atMost)
    {
        if (FactsOf(path) is { } facts)
        {
            if (facts.Type != Regular)
                throw new InvalidDataException($"{path}: this is {(facts.Type == Folder ? "a folder" : "a pipe or a device")} and no file with a picture.");
            if (facts.Size > (ulong)atMost)
                throw new InvalidDataException($"{path}: {facts.Size >> 20} MiB are too many; a picture's file may have {atMost >> 20}. Make it smaller.");
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (FileNotFoundException absent)
        {
            throw new FileNotFoundException($"{path}: {WhyAbsent(path)}", path, absent);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new UnauthorizedAccessException($"{path}: this user may not read it (chmod, chown).", denied);
        }
    }

    private static string WhyAbsent(string path)
    {
        if (path.Contains(Replaced, StringComparison.Ordinal))
            return "its name is not UTF-8 (written by an old system?), and files are opened by names in UTF-8 only. Rename it.";
        return new FileInfo(path).LinkTarget is { } target ? $"it is a link to {target}, which is not there." : "there is no such file.";
    }

    /// <summary>Type bits and size of what a path leads to, through links; null where the system does not say, and opening it
    /// will tell why.</summary>
    private static (int Type, ulong Size)? FactsOf(string path)
    {
        // struct statx has the same layout on every architecture, which struct stat has not.
        Span<byte> facts = stackalloc byte[256];
        return statx(AtCurrentDirectory, Encoding.UTF8.GetBytes(path + '\0'), 0, TypeAndSize, ref MemoryMarshal.GetReference(facts)) == 0
            ? (BinaryPrimitives.ReadUInt16LittleEndian(facts[28..]) & TypeMask, BinaryPrimitives.ReadUInt64LittleEndian(facts[40..]))
            : null;
    }

    [DllImport("libc")]
    private static extern int statx(int directory, byte[] path, int flags, uint mask, ref byte facts);
}
