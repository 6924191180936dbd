using System.Security.Cryptography;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>
/// The part of a network's file that was downloaded so far, beside the target: NAME.part. The file survives the process, so that the
/// next run continues from there, and is locked by one process at a time. An empty part file is removed.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private readonly string _target;
    private readonly FileStream _stream;

    private PartFile(string target, FileStream stream) => (_target, _stream) = (target, stream);

    public string Path => _stream.Name;

    /// <summary>Number of bytes in the part file.</summary>
    public long Length => _stream.Length;

    /// <summary>Opens or creates the part file of a target.</summary>
    /// <param name="target">Path of the complete file; its directory is created if missing.</param>
    /// <exception cref="UserErrorException">The part file cannot be written, or another process writes to it.</exception>
    public static PartFile Open(string target)
    {
        string path = target + ".part";
        DataDirectory.Ensure(System.IO.Path.GetDirectoryName(target)!, "--models");
        DataDirectory.EnsureFile(path);
        try
        {
            // Unbuffered, so that Length counts only written bytes and a full disk is noticed at once.
            FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            stream.Seek(0, SeekOrigin.End);
            return new PartFile(target, stream);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written: {failure.Message} "
                + "Is another 'dooragent models pull' running?", failure);
        }
    }

    /// <summary>Appends received bytes.</summary>
    /// <exception cref="UserErrorException">The disk is full or broken; the part is emptied, because the journal needs the
    /// space.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException failure)
        {
            Clear();
            throw NotWritten(failure);
        }
    }

    /// <summary>Empties the part file.</summary>
    /// <exception cref="UserErrorException">The disk refused.</exception>
    public void Clear() => OnDisk(() => _stream.SetLength(0));

    /// <summary>Flushes the part file to the disk and computes its SHA-256 in lower-case hexadecimal.</summary>
    /// <exception cref="UserErrorException">The disk refused.</exception>
    public string Digest()
    {
        string digest = "";
        OnDisk(() =>
        {
            _stream.Flush(flushToDisk: true);
            _stream.Seek(0, SeekOrigin.Begin);
            digest = Convert.ToHexStringLower(SHA256.HashData(_stream));
        });
        return digest;
    }

    /// <summary>Renames the part file to the target.</summary>
    /// <exception cref="UserErrorException">The disk refused.</exception>
    public void Place() => OnDisk(() => File.Move(Path, _target, overwrite: true));

    public void Dispose()
    {
        if (Length == 0)
            OnDisk(() => File.Delete(Path));
        _stream.Dispose();
    }

    private void OnDisk(Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(failure);
        }
    }

    private UserErrorException NotWritten(Exception failure) =>
        new($"{Path} cannot be written: {failure.Message} Free some space, or name another directory with --models.", failure);
}
