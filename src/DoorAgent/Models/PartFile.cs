using System.Security.Cryptography;
using DoorAgent.Storage;

namespace DoorAgent.Models;

/// <summary>
/// What has come so far of a network's file, beside the place of the whole: NAME.part. It outlives the process, so that the next
/// one goes on from there, and is one process's at a time. An empty one is not left behind.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private readonly string _target;
    private readonly FileStream _stream;

    private PartFile(string target, FileStream stream) => (_target, _stream) = (target, stream);

    public string Path => _stream.Name;

    /// <summary>Bytes that are here.</summary>
    public long Length => _stream.Length;

    /// <param name="target">Path of the whole file; its directory is made where there is none.</param>
    /// <exception cref="UserErrorException">It cannot be written, or another process writes it.</exception>
    public static PartFile Open(string target)
    {
        string path = target + ".part";
        DataDirectory.Ensure(System.IO.Path.GetDirectoryName(target)!, "--models");
        DataDirectory.EnsureFile(path);
        try
        {
            // No buffer: what is counted as here was taken by the file system, and a full disk is met at once.
            FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            stream.Seek(0, SeekOrigin.End);
            return new PartFile(target, stream);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written: {failure.Message} Is another 'dooragent models pull' running?", failure);
        }
    }

    /// <summary>Adds what came.</summary>
    /// <exception cref="UserErrorException">The disk is full or broken; what had come is removed, since the journal needs the room.</exception>
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

    /// <summary>Starts anew.</summary>
    /// <exception cref="UserErrorException">The disk refused.</exception>
    public void Clear() => OnDisk(() => _stream.SetLength(0));

    /// <summary>SHA-256 of what is here, in lower-case hexadecimal, once it is safe on the disk.</summary>
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

    /// <summary>Puts it in the place of the whole, in one step.</summary>
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
        new($"{Path} cannot be written: {failure.Message} Make room, or name another directory with --models.", failure);
}
