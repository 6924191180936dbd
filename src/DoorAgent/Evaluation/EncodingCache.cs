using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Win32.SafeHandles;

namespace DoorAgent.Evaluation;

/// <summary>
/// Keeps encodings on disk by the digest of their picture, one file for each pair of networks, so that a second evaluation is quick. A
/// killed program loses at most the record that it was writing: each record has a checksum or a seal, and what is damaged is encoded again.
/// Only the owner may read the file, and where the door has a key its records are sealed, because an encoding is as personal as the face.
/// Thread-safe.
/// </summary>
internal sealed class EncodingCache : IDisposable
{
    private const string Magic = "DoorAgent encodings 1\n";
    private const int HeaderBytes = 128;

    private readonly Lock _lock = new();
    private readonly Dictionary<PictureDigest, long> _records = [];
    private readonly SafeFileHandle _file;
    private readonly FileStream? _writers;
    private readonly EncodingRecord _form;
    private long _end;

    private EncodingCache(string path, SafeFileHandle file, FileStream? writers, EncodingRecord form) =>
        (Path, _file, _writers, _form) = (path, file, writers, form);

    public string Path { get; }

    /// <summary>Number of pictures whose encodings are kept.</summary>
    public int Count => _records.Count;

    /// <summary>Number of records that were damaged; their pictures are encoded again.</summary>
    public int Damaged { get; private set; }

    /// <summary>Whether new encodings are kept: false while another process writes the file, and after a failed write.</summary>
    public bool IsWritable => _writers is not null && WriteFailure is null;

    /// <summary>Why writing failed, such as a full disk: an evaluation goes on without keeping its encodings. Null if nothing
    /// failed.</summary>
    public string? WriteFailure { get; private set; }

    /// <summary>Opens the file of a pair of networks, which is created if missing.</summary>
    /// <param name="directory">The directory of all caches; created if missing.</param>
    /// <param name="networks">What makes the encodings.</param>
    /// <param name="key">The door's key, with which the records are sealed; null for open records. What an open file has is taken over, and
    /// that file deleted.</param>
    /// <exception cref="UserErrorException">The file cannot be used, or is something else: it stays as it is.</exception>
    public static EncodingCache Open(string directory, EvaluatedNetworks networks, DoorKey? key = null)
    {
        byte[] header = HeaderOf(networks, key);
        string path = PathOf(directory, networks, header);
        FileStream? writers = null;
        SafeFileHandle? file = null;
        try
        {
            DataDirectory.Ensure(directory, "--cache");
            writers = LockOrNull(path + ".lock");
            DataDirectory.EnsureFile(path);
            file = File.OpenHandle(path, FileMode.Open, writers is null ? FileAccess.Read : FileAccess.ReadWrite, FileShare.ReadWrite);
            EncodingCache cache = new(path, file, writers, new EncodingRecord(networks.Dimension, key));
            cache.Load(header);
            if (key is not null && cache.IsWritable)
                cache.TakeOver(directory, networks);
            return cache;
        }
        catch (Exception failure)
        {
            file?.Dispose();
            writers?.Dispose();
            if (failure is IOException or UnauthorizedAccessException)
                throw new UserErrorException($"The cache {path} cannot be used: {failure.Message} Name another with --cache.", failure);
            throw;
        }
    }

    /// <summary>Reads a picture's encoding.</summary>
    /// <param name="digest">SHA-256 of the picture's file.</param>
    /// <param name="vector">Receives the encoding; undefined without one.</param>
    /// <returns>Whether the picture shows a face; null if the picture is not in the cache.</returns>
    public bool? Find(ReadOnlySpan<byte> digest, Span<float> vector)
    {
        long at;
        lock (_lock)
        {
            if (!_records.TryGetValue(new PictureDigest(digest), out at))
                return null;
        }

        byte[] record = new byte[_form.Length];
        return RandomAccess.Read(_file, record, at) < record.Length ? null : _form.Read(record, vector);
    }

    /// <summary>Keeps a picture's encoding, if this process may write.</summary>
    /// <param name="digest">SHA-256 of the picture's file.</param>
    /// <param name="vector">The encoding; empty for a picture without a face.</param>
    public void Add(ReadOnlySpan<byte> digest, ReadOnlySpan<float> vector)
    {
        if (!IsWritable)
            return;
        byte[] record = _form.Make(digest, vector);
        lock (_lock)
        {
            try
            {
                RandomAccess.Write(_file, record, _end);
                _records[new PictureDigest(digest)] = _end;
                _end += record.Length;
            }
            catch (IOException failure)
            {
                WriteFailure = failure.Message;
            }
        }
    }

    /// <summary>Forgets all encodings.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _records.Clear();
            if (!IsWritable)
                return;
            RandomAccess.SetLength(_file, HeaderBytes);
            _end = HeaderBytes;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _writers?.Dispose();
        _form.Dispose();
    }

    private void Load(byte[] header)
    {
        byte[] found = new byte[HeaderBytes];
        int read = RandomAccess.Read(_file, found, 0);
        if (read == 0 || (read < HeaderBytes && IsMagic(found.AsSpan(0, read))))
        {
            // A new file, or one whose writer was killed at once.
            if (IsWritable)
                RandomAccess.Write(_file, header, 0);
        }
        else if (!found.AsSpan(0, read).SequenceEqual(header))
        {
            throw new UserErrorException(IsMagic(found) ? $"The cache {Path} was made by other networks. Remove the file."
                : $"{Path} is not a cache of encodings and is left as it is. Name another directory with --cache.");
        }

        _end = HeaderBytes;
        byte[] record = new byte[_form.Length];
        long length = RandomAccess.GetLength(_file);
        for (; _end + record.Length <= length; _end += record.Length)
        {
            RandomAccess.Read(_file, record, _end);
            if (_form.IsWhole(record))
                _records[new PictureDigest(record)] = _end;
            else
                Damaged++;
        }

        if (IsWritable)
            Compact(length);
    }

    /// <summary>Cuts off the record of a killed writer, and closes the gaps of damaged records. Until the end the file has every whole
    /// record at least once.</summary>
    private void Compact(long length)
    {
        if (Damaged > 0)
        {
            byte[] record = new byte[_form.Length];
            _end = HeaderBytes;
            foreach ((PictureDigest digest, long at) in _records.OrderBy(one => one.Value).ToArray())
            {
                RandomAccess.Read(_file, record, at);
                RandomAccess.Write(_file, record, _end);
                _records[digest] = _end;
                _end += record.Length;
            }
        }

        if (length > _end)
            RandomAccess.SetLength(_file, _end);
    }

    /// <summary>Takes over what was kept before the door had its key, and deletes that file. Its bytes are overwritten first; a flash
    /// medium may keep copies of them all the same.</summary>
    private void TakeOver(string directory, EvaluatedNetworks networks)
    {
        string path = PathOf(directory, networks, HeaderOf(networks, key: null));
        if (!File.Exists(path))
            return;
        using (EncodingCache open = Open(directory, networks))
        {
            float[] vector = new float[networks.Dimension];
            foreach ((PictureDigest digest, _) in open._records.OrderBy(one => one.Value))
            {
                if (!_records.ContainsKey(digest) && open.Find(digest.Bytes, vector) is { } isFace)
                    Add(digest.Bytes, isFace ? vector : []);
            }

            // Another program still keeps encodings there, or the disk is full.
            if (!open.IsWritable || !IsWritable)
                return;
            RandomAccess.Write(open._file, new byte[RandomAccess.GetLength(open._file)], 0);
            RandomAccess.FlushToDisk(open._file);
        }

        File.Delete(path);
        File.Delete(path + ".lock");
    }

    private static string PathOf(string directory, EvaluatedNetworks networks, byte[] header) => System.IO.Path.Combine(directory,
        $"{networks.Encoder}-{networks.Detector}-{Convert.ToHexStringLower(SHA256.HashData(header))[..12]}.encodings");

    private static byte[] HeaderOf(EvaluatedNetworks networks, DoorKey? key)
    {
        byte[] header = new byte[HeaderBytes];
        string identity = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{networks.EncoderDigest} "
            + $"{networks.DetectorDigest} {networks.Alignment} {networks.Dimension} {networks.Flips}{(key is null ? "" : $" {key.Id}")}");
        int start = Encoding.ASCII.GetBytes(Magic, header);
        SHA256.HashData(Encoding.ASCII.GetBytes(identity)).CopyTo(header, start);
        return header;
    }

    private static bool IsMagic(ReadOnlySpan<byte> start)
    {
        byte[] magic = Encoding.ASCII.GetBytes(Magic);
        int length = Math.Min(start.Length, magic.Length);
        return start[..length].SequenceEqual(magic.AsSpan(0, length));
    }

    /// <summary>Returns the lock of the file's only writer; null while another process holds it.</summary>
    private static FileStream? LockOrNull(string path)
    {
        DataDirectory.EnsureFile(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>SHA-256 of a picture's file as a key.</summary>
    private readonly record struct PictureDigest
    {
        private readonly UInt128 _high, _low;

        public PictureDigest(ReadOnlySpan<byte> digest) =>
            (_high, _low) = (BinaryPrimitives.ReadUInt128BigEndian(digest), BinaryPrimitives.ReadUInt128BigEndian(digest[16..]));

        public byte[] Bytes
        {
            get
            {
                byte[] bytes = new byte[EncodingRecord.DigestBytes];
                BinaryPrimitives.WriteUInt128BigEndian(bytes, _high);
                BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16), _low);
                return bytes;
            }
        }
    }
}
