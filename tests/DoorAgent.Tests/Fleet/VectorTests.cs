using System.Globalization;
using System.Text.Json.Nodes;
using DoorAgent.Fleet;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Fleet;

/// <summary>The committed test vectors: records of version 1 must stay readable, and so must what another implementation writes.</summary>
public sealed class VectorTests : IDisposable
{
    private static readonly string File = Path.Combine(Repository.Root, "tests", "DoorAgent.Tests", "Fleet", "vectors.json");

    private static readonly JsonObject Vectors = JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();

    private static readonly Lazy<string> Program = new(() =>
    {
        string page = Repository.Guide("fleet-format.md");
        int begin = page.IndexOf("```python\n", page.IndexOf("fleet.py begin", StringComparison.Ordinal), StringComparison.Ordinal) + 10;
        return page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)];
    });

    private readonly TempFolder _folder = new();
    private readonly OfficePublicKey _office = OfficePublicKey.Read(Bytes("office", "public"));
    private readonly DoorSecrets _door = DoorSecrets.Read(Bytes("door", "private"));
    private readonly GroupKeys _keys = new(Vectors["groupKeys"]!.AsObject().Select(
        key => new GroupKey(int.Parse(key.Key, CultureInfo.InvariantCulture), Convert.FromHexString(key.Value!.GetValue<string>()))));

    private static string Group => Text("group");

    public void Dispose()
    {
        _folder.Dispose();
        _office.Dispose();
        _door.Dispose();
    }

    [Fact]
    public void TheKeysAreReadAndHaveTheirFingerprints()
    {
        using OfficeKey office = OfficeKey.Read(Bytes("office", "private"));
        Assert.Equal(_office.Bytes, office.Public.Bytes);
        Assert.Equal(Text("office", "fingerprint"), _office.Fingerprint);
        Assert.Equal(Bytes("door", "agreement"), _door.Public.Agreement.ToArray());
        Assert.Equal(Bytes("door", "signing"), _door.Public.Signing.ToArray());
        Assert.Equal(Text("door", "fingerprint"), _door.Public.Fingerprint);
    }

    [Fact]
    public void ThePeopleAreReadAsTheyWereWritten()
    {
        JsonArray people = Vectors["people"]!.AsArray();
        Assert.Equal(4, people.Count);
        foreach (JsonNode one in people.Select(one => one!))
        {
            byte[] record = Convert.FromHexString(one["record"]!.GetValue<string>());
            RecordHead head = RecordHead.Read(record);
            SealedRecord read = PersonSeal.Open(new FleetItem(one["key"]!.GetValue<string>(), 1, record), _office, _keys);
            Assert.Equal(one["serial"]!.GetValue<long>(), read.Serial);
            Assert.Equal(one["kind"]!.GetValue<string>(), head.Kind.ToString(), ignoreCase: true);
            Assert.Equal((head.Kind != RecordKind.Person, head.Kind == RecordKind.Erasure), (read.IsRemoval, read.IsErasure));
            if (read.Person is not { } person)
                continue;
            Assert.Equal(one["keyNumber"]!.GetValue<int>(), head.KeyNumber);
            AssertSame(one["content"]!, FleetJson.Write(person));
            AssertSame(one["encodings"]!, new JsonArray([.. person.Encodings.Select(encoding => (JsonNode)new JsonObject
            {
                ["picture"] = Convert.ToHexStringLower(encoding.Picture), ["quality"] = encoding.Quality,
                ["values"] = new JsonArray([.. encoding.Values.Select(value => (JsonNode)value)]),
            })]));
        }
    }

    [Fact]
    public void TheOtherRecordsAreReadAsTheyWereWritten()
    {
        AssertSame(Vectors["manifest"]!["content"]!, FleetJson.Write(ManifestSeal.Open(Group, Bytes("manifest", "record"), _office)));
        (long serial, GroupKeys keys) = GroupKeySeal.Open(Group, Text("door", "name"), Bytes("keys", "record"), _office, _door);
        Assert.Equal((Vectors["keys"]!["serial"]!.GetValue<long>(), Convert.ToHexString(_keys.Reveal())),
            (serial, Convert.ToHexString(keys.Reveal())));
        DoorConfirmation confirmation = DoorConfirmation.Open(Group, Text("door", "name"), Bytes("confirmation", "record"), _door.Public);
        JsonNode confirmed = Vectors["confirmation"]!;
        Assert.Equal(
            (confirmed["serial"]!.GetValue<long>(), confirmed["content"]!["count"]!.GetValue<int>(),
                confirmed["content"]!["digest"]!.GetValue<string>(),
                confirmed["content"]!["time"]!.GetValue<DateTimeOffset>(), confirmed["content"]!["version"]!.GetValue<string>()),
            (confirmation.Serial, confirmation.Count, confirmation.Digest, confirmation.Time, confirmation.Version));
        JoinRequest request = JoinRequest.Parse(Text("request", "text"));
        Assert.Equal((Text("request", "fingerprint"), Text("request", "nkey"), Text("request", "version")),
            (request.Fingerprint, request.Nkey, request.Version));
        AssertSame(Vectors["request"]!["encoder"]!, FleetJson.Write(request.Encoder));
        (JoinAnswer answer, OfficePublicKey office) = JoinAnswer.Parse(Text("answer", "text"), _door.Public);
        using (office)
            Assert.Equal(_office.Fingerprint, office.Fingerprint);
        Assert.Equal(new JoinAnswer(Text("door", "name"), Group, Text("answer", "hub"), Text("answer", "inbox")), answer);
        Assert.Equal(Text("set", "digest"),
            FleetSet.Digest(Vectors["set"]!["people"]!.AsArray().Select(one => (one![0]!.GetValue<string>(), one[1]!.GetValue<long>()))));
        byte[] parcel = Bytes("parcel", "bytes");
        Assert.Equal(
            Vectors["parcel"]!["items"]!.AsArray().Select(one => $"{one![0]} {one[1]} {one[2]}"),
            FleetParcel.Read(new MemoryStream(parcel), parcel.Length).Select(one =>
                $"{one.Key} {one.Sequence} {Convert.ToHexStringLower(one.Value)}"));
    }

    [Fact]
    public void TheRefusedOnesAreRefused()
    {
        JsonArray refused = Vectors["refused"]!.AsArray();
        Assert.Equal(22, refused.Count);
        Assert.All(refused, one => Assert.Throws<FleetRecordException>(() => PersonSeal.Open(
            new FleetItem(one!["key"]!.GetValue<string>(), 1, Convert.FromHexString(one["record"]!.GetValue<string>())), _office,
                _keys)));
    }

    [Fact]
    public void TheProgramOfTheGuideReadsTheVectorsAndFindsAnyChange()
    {
        string program = ProgramFile();
        (int code, string said) = Script.Run("python3", [program, File]);
        Assert.Equal((0, "read 4 people, the manifest, keys, confirmation, request and answer; refused 22 records\n"), (code, said));
        foreach (string part in new[] { "manifest", "keys", "confirmation" })
        {
            JsonNode changed = Vectors.DeepClone();
            string record = changed[part]!["record"]!.GetValue<string>();
            changed[part]!["record"] = record[..200] + (record[200] == '0' ? '1' : '0') + record[201..];
            string file = _folder.File($"{part}.json");
            System.IO.File.WriteAllText(file, changed.ToJsonString());
            (code, said) = Script.Run("python3", [program, file]);
            Assert.NotEqual(0, code);
            Assert.Contains("NOT as it must be", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatTheProgramOfTheGuideWritesIsRead()
    {
        (int code, string said) = Script.Run("python3", [ProgramFile(), File, "--write"]);
        Assert.True(code == 0, said);
        JsonNode made = JsonNode.Parse(said)!;
        byte[] Record(string kind) => Convert.FromHexString(made[kind]!.GetValue<string>());
        JsonNode anna = Vectors["people"]![0]!;
        string id = anna["content"]!["id"]!.GetValue<string>(), door = Text("door", "name");
        SealedRecord person = PersonSeal.Open(Group, id, Record("person"), _office, _keys);
        Assert.Equal(11, person.Serial);
        AssertSame(anna["content"]!, FleetJson.Write(person.Person));
        Assert.Equal(2, person.Person!.Encodings.Count);
        Assert.Equal(new SealedRecord(id, 12, null, IsErasure: true), PersonSeal.Open(Group, id, Record("erasure"), _office, _keys));
        AssertSame(Vectors["manifest"]!["content"]!, FleetJson.Write(ManifestSeal.Open(Group, Record("manifest"), _office)));
        Assert.Equal(_keys.Reveal(), GroupKeySeal.Open(Group, door, Record("keys"), _office, _door).Keys.Reveal());
        Assert.Equal(14, DoorConfirmation.Open(Group, door, Record("confirmation"), _door.Public).Serial);
        Assert.Equal(Text("request", "nkey"), JoinRequest.Parse(made["request"]!.GetValue<string>()).Nkey);
        (JoinAnswer answer, OfficePublicKey office) = JoinAnswer.Parse(made["answer"]!.GetValue<string>(), _door.Public);
        office.Dispose();
        Assert.Equal(Text("answer", "hub"), answer.Hub);
    }

    private string ProgramFile()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(new[] { "python3", "openssl" }.All(name =>
            folders.Any(folder => System.IO.File.Exists(Path.Combine(folder, name)))),
            "needs python3 and openssl: apt-get install python3 openssl");
        string path = _folder.File("fleet.py");
        System.IO.File.WriteAllText(path, Program.Value);
        return path;
    }

    private static string Text(string part, string? field = null) =>
        (field is null ? Vectors[part] : Vectors[part]![field])!.GetValue<string>();

    private static byte[] Bytes(string part, string field) => Convert.FromHexString(Text(part, field));

    private static void AssertSame(JsonNode expected, byte[] json) => AssertSame(expected, JsonNode.Parse(json)!);

    private static void AssertSame(JsonNode expected, JsonNode read) =>
        Assert.True(JsonNode.DeepEquals(expected, read), $"{read.ToJsonString()}");
}
