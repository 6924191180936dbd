using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using DoorAgent.Fleet;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Fleet;

public sealed class PersonSealTests : IDisposable
{
    private static readonly Gen<string?> Date = Gen.OneOf(Gen.Const((string?)null),
        Gen.Int[1, 28].Select(day => (string?)FormattableString.Invariant($"2026-05-{day:00}")));

    private static readonly string[] Names = ["Anna", "Ærø", "李小龍", "O'Neill", "a \"b\" \\ <c>", "𝒜𝓃𝓃𝒶", "é\u0301"];

    private static readonly Gen<FleetPerson> People =
        from name in Gen.Int[0, Names.Length - 1]
        from flags in Gen.Bool.Array[5]
        from date in Date
        from badges in Gen.Int[0, 99_999].Array[0, 4]
        from hosts in Gen.Int[0, 999].Array[0, 4]
        from encodings in Gen.Int[0, FleetPerson.MostEncodings]
        from dimension in Gen.Int[1, 40]
        select MadeFleet.Person(MadeFleet.Anna, Names[name], encodings, dimension) with
        {
            IsEnabled = flags[0], IsExtended = flags[1], IsForLockdown = flags[2], NeedsSecondPerson = flags[3], IsEscorted = flags[4],
            ValidFrom = date, ValidUntil = flags[0] ? null : "2026-05-29", Schedule = flags[1] ? null : "night 2",
            Consent = flags[2] ? null : new FleetConsent("2026-01-01", ""),
            Badges = [.. badges.Distinct().Select(card => FormattableString.Invariant($"H10301:1:{card}"))],
            Hosts = [.. hosts.Distinct().Select(host => FormattableString.Invariant($"{host:x32}"))],
        };

    private readonly MadeFleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void WhatIsSealedIsWhatIsOpened() => Gen.Select(
        People, Gen.Long[1, long.MaxValue], Gen.Int[0, 1]).Sample((person, serial, key) =>
    {
        byte[] record = PersonSeal.Close(person, MadeFleet.Group, serial, _fleet.Keys.All[key], _fleet.Office);
        SealedRecord read = PersonSeal.Open(new FleetItem($"{MadeFleet.Group}.{person.Id}", 1, record), _fleet.Pinned, _fleet.Keys);
        Assert.Equal((person.Id, serial, false, false), (read.Id, read.Serial, read.IsRemoval, read.IsErasure));
        Assert.Equal(Text(person), Text(read.Person!));
    }, iter: 200);

    [Fact]
    public void ARemovalSaysWhetherThePersonIsErased()
    {
        foreach (bool erase in new[] { false, true })
        {
            SealedRecord read = Open(PersonSeal.CloseRemoval(MadeFleet.Anna, MadeFleet.Group, 9, erase, _fleet.Office));
            Assert.Equal(new SealedRecord(MadeFleet.Anna, 9, null, erase), read);
            Assert.True(read.IsRemoval);
        }
    }

    [Fact]
    public void TheSamePersonIsNeverSealedTheSameWayTwiceAndNothingOfThemIsReadable()
    {
        byte[] one = Close(MadeFleet.Person(MadeFleet.Anna, "Anna Beispiel")),
            other = Close(MadeFleet.Person(MadeFleet.Anna, "Anna Beispiel"));
        int body = new RecordHead(RecordKind.Person, 7, 2, MadeFleet.Group, MadeFleet.Anna).Length;
        Assert.NotEqual(one[body..^P256.SignatureBytes], other[body..^P256.SignatureBytes]);
        Assert.True(one.AsSpan().IndexOf("Beispiel"u8) < 0 && one.AsSpan().IndexOf("4711"u8) < 0);
    }

    [Fact]
    public void ALargePersonFitsIntoAValueOfTheHub()
    {
        FleetPerson large = MadeFleet.Person(MadeFleet.Anna, new string('ü', 64), FleetPerson.MostEncodings, 384) with
        {
            Badges = [.. Enumerable.Range(0, PersonRules.MostBadges).Select(i => $"H10301:255:{65000 + i}")],
            Consent = new FleetConsent("2026-01-01", new string('ß', 200)),
            Hosts = [.. Enumerable.Range(0, PersonRules.MostHosts).Select(i => FormattableString.Invariant($"{i:x32}"))],
        };
        byte[] record = Close(large);
        Assert.InRange(record.Length, 10 * 384 * sizeof(float), 24 << 10);
        Assert.Equal(Text(large), Text(Open(record).Person!));
    }

    [Fact]
    public void APersonWhoDoesNotFitIsNotSealed() => Assert.Contains("may have 65536",
        Assert.Throws<FleetRecordException>(() => Close(MadeFleet.Person(MadeFleet.Anna, "Anna", 10, 2048))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void ARecordOpensOnlyAtItsOwnKey()
    {
        byte[] record = Close(MadeFleet.Person(MadeFleet.Anna, "Anna"));
        Assert.Contains("stands at the key of", Refusal(() =>
            PersonSeal.Open(MadeFleet.Group, MadeFleet.Bert, record, _fleet.Pinned, _fleet.Keys)),
            StringComparison.Ordinal);
        Assert.Contains("belongs to the group 'lab'", Refusal(() =>
            PersonSeal.Open("hall", MadeFleet.Anna, record, _fleet.Pinned, _fleet.Keys)),
            StringComparison.Ordinal);
        Assert.All(["lab", "lab.x.y", "", ".", $"{MadeFleet.Anna}.lab", $"lab.{MadeFleet.Anna} ", $"LAB.{MadeFleet.Anna}",
            "lab.manifest"],
            key => Refusal(() => PersonSeal.Open(new FleetItem(key, 1, record), _fleet.Pinned, _fleet.Keys)));
    }

    /// <summary>The signature alone would refuse these too: the seal has to refuse them as well, for an office whose signature is stolen
    /// without the group's key, and for a fault in one of both checks.</summary>
    [Theory]
    [InlineData(6, "serial")]
    [InlineData(14, "key number")]
    [InlineData(19, "group")]
    [InlineData(23, "person")]
    public void TheSealItselfIsBoundToTheHead(int at, string what)
    {
        byte[] record = Close(MadeFleet.Person(MadeFleet.Anna, "Anna"));
        byte[] changed = record[..^P256.SignatureBytes];
        changed[at + (what == "serial" ? 7 : what == "key number" ? 3 : 0)] ^= 3;
        byte[] signed = [.. changed, .. _fleet.Office.Sign(changed)];
        RecordHead head = RecordHead.Read(signed);
        Assert.NotEqual(RecordHead.Read(record), head);
        GroupKeys same = new(new GroupKey(head.KeyNumber, _fleet.Keys.Newest!.Secret));
        Assert.Contains("seal is broken", Refusal(() => PersonSeal.Open(head.Group, head.Subject, signed, _fleet.Pinned, same)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingKeyAndAnotherKeyOfTheSameNumberAreToldApart()
    {
        byte[] record = Close(MadeFleet.Person(MadeFleet.Anna, "Anna"));
        Assert.Contains("key 2, and this door has group keys 1", Refusal(() => Open(record, new GroupKeys(_fleet.Keys.All[0]))),
            StringComparison.Ordinal);
        Assert.Contains("key 2, and this door has no group key", Refusal(() => Open(record, GroupKeys.None)), StringComparison.Ordinal);
        Assert.Contains("another key of that number", Refusal(() => Open(record, new GroupKeys(GroupKey.Create(2)))),
            StringComparison.Ordinal);
    }

    /// <summary>Contents that only the office could seal, and that a door refuses all the same.</summary>
    [Fact]
    public void ASealedContentIsReadStrictly()
    {
        FleetPerson anna = MadeFleet.Person(MadeFleet.Anna, "Anna");
        byte[] good = PersonBody.Write(anna);
        int length = BinaryPrimitives.ReadInt32BigEndian(good);
        string json = Encoding.UTF8.GetString(good, 4, length);
        byte[] vectors = good[(4 + length)..];
        byte[] Content(string text, byte[] rest) => Bytes(Encoding.UTF8.GetBytes(text), rest);
        static byte[] Bytes(byte[] text, byte[] rest)
        {
            byte[] size = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(size, text.Length);
            return [.. size, .. text, .. rest];
        }

        Assert.Equal(Text(anna), Text(Open(Sealed(Content(json, vectors))).Person!));
        Assert.All(
            new (string Old, string New)[]
            {
                ("\"isEnabled\":true", "\"isEnabled\":true,\"isEnabled\":true"), ("\"isEnabled\":true", "\"isEnabled\":\"true\""),
                ("\"isEnabled\":true,", ""), ("\"isEnabled\"", "\"IsEnabled\""),
                ("\"isEnabled\":true", "\"isEnabled\":true,\"isAllowed\":true"),
                ("\"isEnabled\":true", "\"isEnabled\":1"), ("\"isEnabled\":true", "\"isEnabled\":null"),
                ("\"name\":\"Anna\"", "\"name\":null"),
                ("\"name\":\"Anna\"", "\"name\":\"\\ud800\""), ("\"name\":\"Anna\"", "\"name\":\"An\\u0000na\""),
                ("\"name\":\"Anna\"", "\"name\":\"\""), ("\"hosts\":[", "\"hosts\":[null,"), ("\"badges\":[", "\"badges\":[null,"),
                ("\"badges\":[", "\"badges\":[\"H10301:12:4711\","), ("\"badges\":[", "\"badges\":[\"H10301:012:1\","),
                ("\"hosts\":[", "\"hosts\":null,\"x\":["), ("\"dimension\":16", "\"dimension\":15"),
                ("\"dimension\":16", "\"dimension\":0"),
                ("\"dimension\":16", "\"dimension\":-1"), ("\"dimension\":16", "\"dimension\":2147483647"),
                ("\"dimension\":16", "\"dimension\":1e1"),
                ("\"validFrom\":\"2026-03-01\"", "\"validFrom\":\"2028-03-01\""),
                ("\"validFrom\":\"2026-03-01\"", "\"validFrom\":\"yesterday\""),
                (MadeFleet.Anna, MadeFleet.Bert), ("{", "[{"), ("}", "},"), ("{", "{/**/"), ("\"isEnabled\":true", "\"isEnabled\":true,"),
            },
            change =>
            {
                int at = json.IndexOf(change.Old, StringComparison.Ordinal);
                Assert.True(at >= 0, change.Old);
                Refusal(() => Open(Sealed(Content(json[..at] + change.New + json[(at + change.Old.Length)..], vectors))));
            });
        Assert.All(new[] { "", "null", "{}", "[]", "\"\"", "7", json + json, json[..^1] },
            text => Refusal(() => Open(Sealed(Content(text, vectors)))));
        Assert.All(new[] { vectors[..^1], [.. vectors, 0], [.. vectors, .. vectors],
            Enumerable.Repeat(vectors, 6).SelectMany(all => all).ToArray() },
            rest => Refusal(() => Open(Sealed(Content(json, rest)))));
        byte[] text = Encoding.UTF8.GetBytes(json);
        text[text.AsSpan().IndexOf("Anna"u8)] = 0xFF;
        Refusal(() => Open(Sealed(Bytes(text, vectors))));
        Assert.All(new byte[][] { [], [0], [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0, 9, 1] },
            content => Refusal(() => Open(Sealed(content))));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(0f)]
    [InlineData(2f)]
    public void OnlyUnitVectorsAndQualitiesBetweenZeroAndOneAreAccepted(float value)
    {
        FleetEncoding good = MadeFleet.Encoding(1);
        float[] values = new float[MadeFleet.Dimension];
        values[3] = value;
        FleetPerson anna = MadeFleet.Person(MadeFleet.Anna, "Anna");
        Refusal(() => Close(anna with { Encodings = [good with { Values = values }] }));
        Refusal(() => Open(Sealed(PersonBody.Write(anna with { Encodings = [good with { Values = values }] }))));
        if (value != 0)
            Refusal(() => Open(Sealed(PersonBody.Write(anna with { Encodings = [good with { Quality = value }] }))));
        Assert.NotNull(Open(Sealed(PersonBody.Write(anna with { Encodings = [good] }))).Person);
    }

    private static string Text(FleetPerson person) =>
        Encoding.UTF8.GetString(FleetJson.Write(person)) + string.Concat(person.Encodings.Select(encoding => FormattableString.Invariant(
            $"\n{Convert.ToHexString(encoding.Picture)} {encoding.Quality:R} {string.Join(' ', encoding.Values)}")));

    private static string Refusal(Action work) => Assert.Throws<FleetRecordException>(work).Message;

    private byte[] Close(FleetPerson person) => PersonSeal.Close(person, MadeFleet.Group, 7, _fleet.Keys.Newest!, _fleet.Office);

    private SealedRecord Open(byte[] record, GroupKeys? keys = null) =>
        PersonSeal.Open(MadeFleet.Group, MadeFleet.Anna, record, _fleet.Pinned, keys ?? _fleet.Keys);

    /// <summary>Seals any content as the format says, independently of <see cref="PersonSeal"/>.</summary>
    private byte[] Sealed(byte[] content)
    {
        byte[] head = new RecordHead(RecordKind.Person, 7, 2, MadeFleet.Group, MadeFleet.Anna).ToBytes();
        byte[] nonce = RandomNumberGenerator.GetBytes(12), tag = new byte[16], made = new byte[content.Length];
        using AesGcm cipher = new(_fleet.Keys.Newest!.Secret, 16);
        cipher.Encrypt(nonce, content, made, tag, head);
        byte[] all = [.. head, .. nonce, .. made, .. tag];
        return [.. all, .. _fleet.Office.Sign(all)];
    }
}
