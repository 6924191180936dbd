using System.Security.Cryptography;
using System.Text;
using DoorAgent.Fleet;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using NATS.NKeys;

namespace DoorAgent.Office;

/// <summary>
/// The secrets of an office: its ECDSA key, whose public half every door pins; the NKEY of its connection to the hub; the ECDSA key of its
/// authority, which signs the hub's certificate; and the secret that seals group keys in office.db. Whoever has the file can add people to
/// every door.
/// </summary>
internal sealed class OfficeKeys : IDisposable
{
    private const string FirstLine = "dooragent-office-1";
    private const int MostBytes = 4096;
    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly Seal _seal;
    private readonly byte[] _digestKey;

    private OfficeKeys(OfficeKey signing, ECDsa authority, string seed, DoorKey secret)
    {
        (Signing, Authority, ConnectionSeed, Secret) = (signing, authority, seed, secret);
        using KeyPair connection = KeyPair.FromSeed(seed);
        Connection = connection.GetPublicKey();
        _seal = new Seal(secret, "group keys of the office");
        _digestKey = secret.Derive("content of the office");
    }

    /// <summary>Signs people, manifests, keys and answers.</summary>
    public OfficeKey Signing { get; }

    /// <summary>Signs the hub's certificate: ECDSA on P-256.</summary>
    public ECDsa Authority { get; }

    /// <summary>The public NKEY of the office's connection.</summary>
    public string Connection { get; }

    /// <summary>The seed of that NKEY, a secret.</summary>
    public string ConnectionSeed { get; }

    private DoorKey Secret { get; }

    /// <summary>Makes the secrets of an office and writes them, with mode 0600.</summary>
    /// <exception cref="UserErrorException">The file exists or cannot be written.</exception>
    public static OfficeKeys Make(string path)
    {
        using KeyPair connection = KeyPair.CreatePair(PrefixByte.User);
        OfficeKeys made = new(OfficeKey.Create(), ECDsa.Create(ECCurve.NamedCurves.nistP256), connection.GetSeed(), DoorKey.Generate());
        byte[] text = made.Text();
        try
        {
            OfficeFile.Write(path, text);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>Reads the secrets of an office.</summary>
    /// <exception cref="UserErrorException">The file is missing, belongs to another user, may be read by others, or is not the key of an
    /// office; the message says what to do.</exception>
    public static OfficeKeys Read(string path)
    {
        byte[] text = [];
        try
        {
            using UntrustedFile file = UntrustedFile.Open(path) ?? throw new UserErrorException($"There is no office here: {path} is "
                + "missing. 'dooragent fleet init' makes an office; --office names the directory of another one.");
            if (file.Owner != Libc.UserId && file.Owner != 0)
                throw new UserErrorException($"{path} belongs to another user than the one who runs this command, and is not used.");
            if ((file.Mode & OfOthers) != 0)
                throw new UserErrorException($"Other users may read {path}, and whoever has it can add people to every door: 'chmod 600 {path}'.");
            text = file.ReadAll(MostBytes);
            return Parse(text) ?? throw new UserErrorException($"{path} is not the key of an office, or is damaged. Restore it from its backup.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UserErrorException($"{path} cannot be read: {failure.Message} Run the command as the owner of the office.", failure);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>Seals a group's key for office.db.</summary>
    public byte[] Close(string group, int number, ReadOnlySpan<byte> key) => _seal.Close(key, IdentityOf(group, number));

    /// <summary>Opens a group's key from office.db.</summary>
    /// <exception cref="UserErrorException">The key was sealed by another office, or the database was changed.</exception>
    public byte[] Open(string group, int number, ReadOnlySpan<byte> stored)
    {
        try
        {
            return _seal.Open(stored, IdentityOf(group, number));
        }
        catch (BrokenSealException broken)
        {
            throw new UserErrorException($"Key {number} of the group {group} does not open: office.key and office.db are not of one office, "
                + "or somebody changed the database. Restore both from one backup.", broken);
        }
    }

    /// <summary>Returns the keyed digest of a record's content, by which an unchanged person is recognised: 32 bytes that say nothing
    /// without the office's key.</summary>
    public byte[] DigestOf(ReadOnlySpan<byte> content) => HMACSHA256.HashData(_digestKey, content);

    public void Dispose()
    {
        Signing.Dispose();
        Authority.Dispose();
        _seal.Dispose();
        CryptographicOperations.ZeroMemory(_digestKey);
    }

    public override string ToString() => $"keys of the office {Connection}";

    private static byte[] IdentityOf(string group, int number) => Encoding.UTF8.GetBytes($"group key {group} {number}");

    private byte[] Text()
    {
        StringBuilder text = new();
        text.Append(FirstLine).Append('\n')
            .Append("sign ").Append(Convert.ToBase64String(Signing.Reveal())).Append('\n')
            .Append("certify ").Append(Convert.ToBase64String(Authority.ExportPkcs8PrivateKey())).Append('\n')
            .Append("connect ").Append(ConnectionSeed).Append('\n')
            .Append("seal ").Append(Encoding.ASCII.GetString(Secret.Reveal()).Trim()).Append('\n');
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static OfficeKeys? Parse(byte[] bytes)
    {
        string[] lines = Encoding.ASCII.GetString(bytes).TrimEnd('\n').Split('\n');
        if (lines.Length != 5 || lines[0] != FirstLine || DoorKey.Parse(Value("seal", lines[4]) ?? "") is not { } secret
            || Value("connect", lines[3]) is not { } seed || !seed.StartsWith("SU", StringComparison.Ordinal))
            return null;
        OfficeKey? signing = null;
        ECDsa? authority = null;
        try
        {
            signing = OfficeKey.Read(Convert.FromBase64String(Value("sign", lines[1]) ?? ""));
            authority = KeyOf(Value("certify", lines[2]));
            return new OfficeKeys(signing, authority, seed, secret);
        }
        catch (Exception wrong) when (wrong is CryptographicException or FleetRecordException or FormatException or NKeysException or ArgumentException)
        {
            signing?.Dispose();
            authority?.Dispose();
            return null;
        }
    }

    private static string? Value(string name, string line) => line.StartsWith(name + " ", StringComparison.Ordinal) ? line[(name.Length + 1)..] : null;

    private static ECDsa KeyOf(string? base64)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(base64 ?? ""), out _);
            return key.KeySize == 256 ? key : throw new CryptographicException("the key is not on P-256");
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
