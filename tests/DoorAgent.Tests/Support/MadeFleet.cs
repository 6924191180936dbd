using System.Security.Cryptography;
using DoorAgent.Encodings;
using DoorAgent.Fleet;

namespace DoorAgent.Tests.Support;

/// <summary>A fleet of one group with an office, a door, keys and a person; keys are new in each run.</summary>
internal sealed class MadeFleet : IDisposable
{
    public const string Group = "lab", Door = "lab-3", Nkey = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";

    public const int Dimension = 16;

    public static string Anna { get; } = new('a', 32);

    public static string Bert { get; } = new('b', 32);

    public static FleetEncoder Encoder { get; } = new("made", new string('c', 64), 1, Dimension, "nearest");

    public OfficeKey Office { get; } = OfficeKey.Create();

    public OfficePublicKey Pinned => Office.Public;

    public DoorSecrets Secrets { get; } = DoorSecrets.Create();

    public GroupKeys Keys { get; } = new(GroupKey.Create(1), GroupKey.Create(2));

    /// <summary>A person with a value in every field.</summary>
    public static FleetPerson Person(string id, string name, int encodings = 2, int dimension = Dimension) => new(id, name)
    {
        IsExtended = true, ValidFrom = "2026-03-01", ValidUntil = "2027-01-31 18:00", Schedule = "office", IsForLockdown = true,
        NeedsSecondPerson = true, IsEscorted = true, Hosts = [new string('d', 32), new string('e', 32)],
        Badges = ["H10301:12:4711", "UID:62B43423"], Consent = new FleetConsent("2026-02-28", "folder 7, für Besucher"),
        Encoder = Encoder with { Dimension = dimension },
        Encodings = [.. Enumerable.Range(0, encodings).Select(i => Encoding(i, dimension))],
    };

    public static FleetEncoding Encoding(int seed, int dimension = Dimension)
    {
        Random random = new(seed);
        float[] raw = [.. Enumerable.Range(0, dimension).Select(_ => random.NextSingle() - 0.5f)];
        return new FleetEncoding(SHA256.HashData([(byte)seed]), 0.25f + 0.05f * (seed % 10),
            FaceEncoding.Normalised(raw).Vector.ToArray());
    }

    public static FleetManifest Manifest(long serial) => new(Group, serial, new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero))
    {
        Count = 2, Digest = FleetSet.Digest([(Anna, 5), (Bert, 7)]), Horizon = 3, Key = 2, OfflineFor = 86_400,
        RenewBy = new DateTimeOffset(2026, 3, 8, 8, 0, 0, TimeSpan.Zero), IsStrict = true,
        Schedules = new Dictionary<string, string> { ["office"] = "Mon-Fri 07:00-19:00; holidays closed" },
        Holidays = "2027-03-26, 12-24..01-01",
        Lockdown = new FleetLockdown(new DateTimeOffset(2026, 3, 1, 7, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), "drill"),
    };

    public static DoorConfirmation Confirmation(long serial) => new(Door, Group, serial, 2, FleetSet.Digest([(Anna, 5), (Bert, 7)]),
        new DateTimeOffset(2026, 3, 1, 8, 1, 0, TimeSpan.Zero), "1.2.0");

    public JoinRequest Request => new(Door, Secrets.Public, Nkey, "1.2.0", Encoder);

    /// <summary>One record of each kind, with what reads it.</summary>
    public IReadOnlyList<(RecordKind Kind, byte[] Record, Action<byte[]> Open)> Records() =>
    [
        (RecordKind.Person, PersonSeal.Close(Person(Anna, "Anna"), Group, 7, Keys.Newest!, Office), OpenPerson),
        (RecordKind.Removal, PersonSeal.CloseRemoval(Anna, Group, 7, erase: false, Office), OpenPerson),
        (RecordKind.Erasure, PersonSeal.CloseRemoval(Anna, Group, 7, erase: true, Office), OpenPerson),
        (RecordKind.Manifest, ManifestSeal.Close(Manifest(7), Office), record => ManifestSeal.Open(Group, record, Pinned)),
        (RecordKind.GroupKeys, GroupKeySeal.Close(Keys, Group, Door, 7, Secrets.Public, Office),
            record => GroupKeySeal.Open(Group, Door, record, Pinned, Secrets)),
        (RecordKind.Confirmation, Confirmation(7).Close(Secrets), record => DoorConfirmation.Open(Group, Door, record, Secrets.Public)),
        (RecordKind.Request, JoinText.Read("request", Request.Write(Secrets)),
            record => JoinRequest.Parse(JoinText.Write("request", record))),
        (RecordKind.Answer, JoinText.Read("answer", Answer().Write(Secrets.Public, Office)),
            record => JoinAnswer.Parse(JoinText.Write("answer", record), Secrets.Public).Office.Dispose()),
    ];

    public static JoinAnswer Answer() => new(Door, Group, "nats://hub.example:4222", $"_INBOX_{Door}");

    public void Dispose()
    {
        Office.Dispose();
        Secrets.Dispose();
    }

    private void OpenPerson(byte[] record) => PersonSeal.Open(Group, Anna, record, Pinned, Keys);
}
