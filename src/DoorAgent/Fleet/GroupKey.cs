using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DoorAgent.Fleet;

/// <summary>A secret of a group, with which the office seals its people. A group has a new one after a door was stolen.</summary>
internal sealed class GroupKey
{
    /// <summary>Length of the secret in bytes.</summary>
    public const int Length = 32;

    private readonly byte[] _secret;

    /// <summary>Makes a key of a secret, which is copied.</summary>
    /// <param name="number">Number of the key in the group, from 1.</param>
    /// <param name="secret">The secret.</param>
    /// <exception cref="FleetRecordException">The number or the length is impossible.</exception>
    public GroupKey(int number, ReadOnlySpan<byte> secret)
    {
        if (number < 1 || secret.Length != Length)
            throw new FleetRecordException("a group's key has an impossible number or length");
        (Number, _secret) = (number, secret.ToArray());
    }

    /// <summary>Number of the key in the group, from 1.</summary>
    public int Number { get; }

    /// <summary>The secret.</summary>
    public ReadOnlySpan<byte> Secret => _secret;

    /// <summary>Draws a new key.</summary>
    public static GroupKey Create(int number)
    {
        Span<byte> secret = stackalloc byte[Length];
        RandomNumberGenerator.Fill(secret);
        GroupKey key = new(number, secret);
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }

    public override string ToString() => FormattableString.Invariant($"group key {Number}");
}

/// <summary>The keys of one group that are still in use, by their numbers.</summary>
internal sealed class GroupKeys
{
    /// <summary>The most keys of a group at a time.</summary>
    public const int Most = 64;

    private const int NumberBytes = 4, EntryBytes = NumberBytes + GroupKey.Length;

    private readonly GroupKey[] _keys;

    /// <summary>Makes a set of keys.</summary>
    /// <exception cref="FleetRecordException">Two keys have one number, or there are too many.</exception>
    public GroupKeys(params IEnumerable<GroupKey> keys)
    {
        _keys = [.. keys.OrderBy(key => key.Number)];
        if (_keys.Length > Most || _keys.DistinctBy(key => key.Number).Count() != _keys.Length)
            throw new FleetRecordException(FormattableString.Invariant($"a group has more than {Most} keys, or two with one number"));
    }

    /// <summary>No key: every sealed person is refused.</summary>
    public static GroupKeys None { get; } = new();

    /// <summary>The keys, in rising order of their numbers.</summary>
    public IReadOnlyList<GroupKey> All => _keys;

    /// <summary>The newest key; null without any.</summary>
    public GroupKey? Newest => _keys.LastOrDefault();

    /// <summary>Returns the key of a number; null where it is missing.</summary>
    public GroupKey? Find(int number) => Array.Find(_keys, key => key.Number == number);

    /// <summary>Returns these keys and one more.</summary>
    /// <exception cref="FleetRecordException">The number is taken, or there are too many.</exception>
    public GroupKeys With(GroupKey key) => new(_keys.Append(key));

    /// <summary>Returns the keys from a number on.</summary>
    public GroupKeys From(int number) => new(_keys.Where(key => key.Number >= number));

    /// <summary>Returns number (4 bytes, big-endian) and secret of each key, in rising order: whoever asks for the bytes overwrites them
    /// after use.</summary>
    public byte[] Reveal()
    {
        byte[] made = new byte[EntryBytes * _keys.Length];
        foreach ((int i, GroupKey key) in _keys.Index())
        {
            BinaryPrimitives.WriteInt32BigEndian(made.AsSpan(EntryBytes * i), key.Number);
            key.Secret.CopyTo(made.AsSpan(EntryBytes * i + NumberBytes));
        }

        return made;
    }

    /// <summary>Reads what <see cref="Reveal"/> returned.</summary>
    /// <exception cref="FleetRecordException">The bytes are something else.</exception>
    public static GroupKeys Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % EntryBytes != 0 || bytes.Length > Most * EntryBytes)
            throw new FleetRecordException("the group's keys have an impossible length");
        GroupKey[] keys = new GroupKey[bytes.Length / EntryBytes];
        for (int i = 0; i < keys.Length; i++)
        {
            ReadOnlySpan<byte> entry = bytes.Slice(EntryBytes * i, EntryBytes);
            keys[i] = new GroupKey(BinaryPrimitives.ReadInt32BigEndian(entry), entry[NumberBytes..]);
            if (i > 0 && keys[i].Number <= keys[i - 1].Number)
                throw new FleetRecordException("the group's keys are not in the order of their numbers");
        }

        return new GroupKeys(keys);
    }

    public override string ToString() => _keys.Length == 0 ? "no group key"
        : $"group keys {string.Join(", ", _keys.Select(key => key.Number))}";
}
