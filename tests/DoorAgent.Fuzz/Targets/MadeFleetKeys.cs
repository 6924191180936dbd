using System.Security.Cryptography;
using DoorAgent.Fleet;

namespace DoorAgent.Fuzz.Targets;

/// <summary>The keys of a fleet that every run has, and records of that fleet.</summary>
internal static class MadeFleetKeys
{
    public const string Group = "lab", Door = "lab-3", Nkey = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";

    public static string Anna { get; } = new('a', 32);

    public static OfficeKey Office { get; } = Read(Number(1));

    public static DoorSecrets Secrets { get; } = DoorSecrets.Read([.. Number(2), .. Number(3)]);

    public static GroupKeys Keys { get; } = new(new GroupKey(1, Number(4)), new GroupKey(2, Number(5)));

    public static FleetEncoder Encoder { get; } = new("made", new string('c', 64), 1, 4, "nearest");

    public static FleetPerson Person { get; } = new(Anna, "Anna")
    {
        ValidUntil = "2027-01-31 18:00", Schedule = "office", Hosts = [new string('d', 32)], Badges = ["H10301:12:4711", "UID:62B43423"],
        Consent = new FleetConsent("2026-02-28", "folder 7"), Encoder = Encoder,
        Encodings = [new FleetEncoding(Number(6), 0.5f, [0.5f, 0.5f, -0.5f, 0.5f]), new FleetEncoding(Number(7), 1, [1, 0, 0, 0])],
    };

    public static FleetManifest Manifest { get; } = new(Group, 7, new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero))
    {
        Count = 1, Digest = FleetSet.Digest([(Anna, 7)]), Horizon = 3, Key = 2, IsStrict = true,
        RenewBy = new DateTimeOffset(2026, 3, 8, 8, 0, 0, TimeSpan.Zero),
        Schedules = new Dictionary<string, string> { ["office"] = "Mon-Fri 07:00-19:00; holidays closed" },
            Holidays = "2027-03-26, 12-24..01-01",
        Lockdown = new FleetLockdown(new DateTimeOffset(2026, 3, 1, 7, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), "drill"),
    };

    /// <summary>Signs a body as the office would.</summary>
    public static byte[] Signed(RecordKind kind, int key, string subject, ReadOnlySpan<byte> body) => SignedRecord.Close(
        new RecordHead(kind, kind == RecordKind.Answer ? 0 : 7, key, Group, subject), body, Office.Sign);

    private static byte[] Number(byte digit) => [.. Enumerable.Repeat(digit, P256.NumberBytes)];

    private static OfficeKey Read(byte[] number)
    {
        using ECDsa key = P256.Import(ECDsa.Create, P256.ReadPrivate(number));
        return OfficeKey.Read(key.ExportPkcs8PrivateKey());
    }
}
