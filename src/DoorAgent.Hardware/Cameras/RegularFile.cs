using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace DoorAgent.Hardware.Cameras;

/// <summary>
/// Reads whole regular files and rejects everything else: opening a pipe can block without end, and a device has no end.
/// </summary>
internal static class RegularFile
{
    private const int AtCurrentDirectory = -100;
    private const uint TypeAndSize = 0x201;
    private const int TypeMask = 0xF000, Regular = 0x8000, Folder = 0x4000;

    /// <summary>The character that .NET substitutes for a byte of a file name that is not UTF-8; the file cannot be opened by such a
    /// name.</summary>
    private const char Replaced = '\uFFFD';

    /// <summary>Whether a path leads to a regular file.</summary>
    public static bool Is(string path) => FactsOf(path)?.Type == Regular;

    /// <summary>Reads all bytes of a file. Error messages start with the path.</summary>
    /// <exception cref="InvalidDataException">The path is a folder, a pipe or a device, or the file has more than <paramref name="atMost"/>
    /// bytes.</exception>
    /// <exception cref="IOException">The file does not exist, or the disk fails.</exception>
    /// <exception cref="UnauthorizedAccessException">This user has no permission to read the file.</exception>
    public static byte[] ReadAll(string path, long atMost)
    {
        if (FactsOf(path) is { } facts)
        {
            if (facts.Type != Regular)
            {
                string kind = facts.Type == Folder ? "a folder" : "a pipe or a device";
                throw new InvalidDataException($"{path}: this is {kind}, not a picture file.");
            }

            if (facts.Size > (ulong)atMost)
            {
                throw new InvalidDataException(
                    $"{path}: {facts.Size >> 20} MiB are too many; a picture file may have {atMost >> 20}. Make the picture smaller.");
            }
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
            return "the name is not UTF-8 (written by an old system?), and only names in UTF-8 can be opened. Rename the file.";
        return new FileInfo(path).LinkTarget is { } target ? $"the link's target {target} does not exist." : "the file does not exist.";
    }

    /// <summary>Returns the type bits and size behind a path, following links; null when the system refuses, in which case opening
    /// the file reports the reason.</summary>
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
