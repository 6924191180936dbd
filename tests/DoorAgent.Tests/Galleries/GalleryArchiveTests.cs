using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Models;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

/// <summary>Export to an archive, and import into another gallery.</summary>
public sealed class GalleryArchiveTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly MadeGalleryFile _there = new();

    public void Dispose()
    {
        _there.Dispose();
        _folder.Dispose();
    }

    private string Archive => _folder.File("people.zip");

    private string Source => _folder.File("gallery.db");

    [Fact]
    public void EverybodyArrivesWithAllRelatedRows()
    {
        Prepare(gallery =>
        {
            gallery.SetEnabled("nora", false);
            gallery.SetPin("nora", Pin.Parse("4718"), isDuress: false);
            gallery.AddBadge("nora", MadeGalleryFile.Card(7));
            gallery.SetBadge(MadeGalleryFile.Card(7), BadgeState.Lost);
            gallery.Change((connection, _) => Sqlite.Run(connection, "UPDATE person SET extended = 1, schedule = 'office', lockdown = 1, "
                + "two_person = 1, valid_until = '2027-01-01' WHERE name = 'nora'"));
        });
        ArchiveManifest made = Export();
        Assert.Equal((2L, 3L, 6L, 0L), (made.People, made.Badges, made.Encodings, made.Crops));
        Assert.Equal(["adam", "nora"], Import().Added);
        Assert.Equal(Rows(Source, "person"), Rows(_there.Path, "person"));
        Assert.Equal(Rows(Source, "pin"), Rows(_there.Path, "pin"));
        Assert.Equal(Rows(Source, "badge"), Rows(_there.Path, "badge"));
        Assert.Equal(Rows(Source, "encoding"), Rows(_there.Path, "encoding"));
        Assert.Equal(ReadHere(Source).Vectors.ToArray(), ReadHere(_there.Path).Vectors.ToArray());
        Assert.Empty(Directory.GetFiles(_folder.Path, "*port-*"));
    }

    [Fact]
    public void TheArchiveIsPrivateAndReplacesNothingWithoutForce()
    {
        Prepare();
        Export();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Archive));
        Assert.Contains("--force", Assert.Throws<UserErrorException>(() => Export()).Message, StringComparison.Ordinal);
        Export(overwrites: true);
        Assert.Equal([Source, Archive], Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void OnlyTheNamedPeopleAreInTheArchive()
    {
        Prepare();
        Export(names: ["NORA"]);
        using (GalleryArchive archive = GalleryArchive.Open(Archive, _folder.Path))
        {
            Assert.Equal(["nora"], archive.Everybody.People.Select(person => person.Name));
            Assert.True(File.ReadAllBytes(archive.GalleryFile).AsSpan().IndexOf("ADAM"u8) < 0);
        }

        Assert.Contains("Did you mean nora?", Assert.Throws<UserErrorException>(() => Export(names: ["norra"], overwrites: true)).Message,
            StringComparison.Ordinal);
        Import();
        Assert.Equal(["nora"], ReadHere(_there.Path).People.Select(person => person.Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void KeptFacesAreExportedOnlyOnRequestAndKeepTheirDate(bool withCrops)
    {
        using (GalleryFile gallery = new(Source, MadeGalleryFile.Time))
            KeptFaces.Enrol(gallery, people.Reader, "adam");
        Assert.Equal(withCrops ? Rows(Source, "crop").Length : 0, Export(withCrops: withCrops).Crops);
        Assert.False(Import(options: new PeopleOptions { KeepCrops = true }).LeavesCrops);
        using GalleryFile there = _there.Open();
        Assert.Equal(withCrops ? (3, "2026-05-30T08:00:00Z") : null, there.CropsOf("adam"));
    }

    [Fact]
    public void ImportedFacesObeyTheSettingsOfTheReceivingDoor()
    {
        using (GalleryFile gallery = new(Source, MadeGalleryFile.Time))
            KeptFaces.Enrol(gallery, people.Reader, "adam");
        Export(withCrops: true);
        Assert.True(Import().LeavesCrops);
        using GalleryFile there = _there.Open();
        Assert.Null(there.CropsOf("adam"));
        Import(OnSameName.Replace, new PeopleOptions { KeepCrops = true, KeepCropsFor = TimeSpan.FromDays(1) });
        Assert.Equal((3, GalleryCrops.Text(MadeGalleryFile.Time.GetUtcNow().AddDays(1))), there.CropsOf("adam"));
    }

    [Fact]
    public void EncodingsOfOtherEncodersAreNotExported()
    {
        Prepare(gallery => gallery.Change((connection, now) =>
        {
            long active = Sqlite.Number(connection, "SELECT active_encoder FROM gallery"),
                other = GalleryEncoders.Activate(connection, MadeEncodings.Encoder);
            GalleryEncoders.Insert(connection, Sqlite.Number(connection, "SELECT min(id) FROM person"), other,
                MadeEncodings.Picture(0, 1), now);
            Sqlite.Run(connection, $"UPDATE gallery SET active_encoder = {active}");
        }));
        Assert.Equal(6, Export().Encodings);
    }

    [Fact]
    public void NewTablesAreCopiedAndMissingOnesAreSkipped()
    {
        const string Table = "CREATE TABLE note (person INTEGER PRIMARY KEY REFERENCES person ON DELETE CASCADE, text TEXT); ALTER "
            + "TABLE person ADD COLUMN floor INTEGER;";
        Prepare(gallery => gallery.Change((connection, _) => Sqlite.Run(connection, Table + "INSERT INTO note SELECT id, 'has a dog' "
            + "FROM person WHERE name = 'adam'; UPDATE person SET floor = 3")));
        Export();
        Import();
        Assert.Equal(["adam", "nora"], ReadHere(_there.Path).People.Select(person => person.Name));
        using (GalleryFile there = _there.Open())
            there.Change((connection, _) => Sqlite.Run(connection, Table));
        Import(OnSameName.Replace);
        using GalleryFile read = _there.Open();
        Assert.Equal("has a dog", read.Query(connection => Sqlite.Scalar(connection, "SELECT text FROM note n JOIN person p ON p.id = "
            + "n.person WHERE name = 'adam' AND floor = 3")));
    }

    [Theory]
    [InlineData("UPDATE encoding SET vector = zeroblob(512) WHERE id = 2", "(row 2) that is not a unit vector")]
    [InlineData("UPDATE badge SET number = x'41' WHERE id = 1", "is not a badge number")]
    [InlineData("UPDATE person SET valid_until = 'soon'", "has an invalid date in the gallery")]
    [InlineData("UPDATE person SET added = 'then'", "a time in a wrong form")]
    [InlineData("UPDATE person SET schedule = 'a b' || char(27)", "the schedule of")]
    public void ContentThatAnImportWouldRefuseIsNotExported(string change, string why)
    {
        people.CopyGalleryTo(Source);
        using (Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={Source};Pooling=False"))
        {
            connection.Open();
            Sqlite.Run(connection, change);
        }

        Assert.Contains(why, Assert.Throws<UserErrorException>(() => Export()).Message, StringComparison.Ordinal);
        Assert.Equal([Source], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void AnArchiveOfAnOlderFormatIsImported(int format)
    {
        string old = _folder.File("old.db");
        OldGallery.Make(old, format);
        GalleryExport.Write(old, Archive, [], withCrops: false, overwrites: false, MadeGalleryFile.Time);
        using GalleryArchive archive = GalleryArchive.Open(Archive, _folder.Path);
        using (GalleryFile there = _there.Open())
            RowCopy.Run(there, there.Query(GalleryRows.ReadStamp), archive.GalleryFile, GallerySeal.None,
                new GalleryMethod(MadeEncodings.Encoder, ComparisonRule.Nearest), archive.Everybody.People,
                MadeGalleryFile.Time.GetUtcNow(), null);
        Assert.Equal(["anna", "bert"], _there.Read().People.Select(person => person.Name));
        Assert.Equal("anna", _there.Read().Find(MadeGalleryFile.Card(1))!.Value.Person.Name);
        Assert.Equal(archive.Everybody.Vectors.ToArray(), _there.Read().Vectors.ToArray());
    }

    [Fact]
    public void EnrolledPeopleAreListedUnlessAnOptionDecides()
    {
        Prepare();
        Export();
        Import();
        using GalleryFile there = _there.Open();
        there.SetEnabled("adam", false);
        there.Remove("nora");
        Assert.Contains("Already enrolled: adam. Nothing was written.", Assert.Throws<UserErrorException>(() => Import()).Message,
            StringComparison.Ordinal);
        Assert.Single(there.People);
        Imported kept = Import(OnSameName.Keep);
        Assert.Equal(["nora"], kept.Added);
        Assert.Equal(["adam"], kept.Kept);
        Assert.False(there.Person("adam").IsEnabled);
        long[] numbers = [.. ReadHere(_there.Path).People.Select(person => person.Id)];
        Assert.Equal(["adam", "nora"], Import(OnSameName.Replace).Replaced);
        Assert.Equal(numbers, ReadHere(_there.Path).People.Select(person => person.Id));
        Assert.True(there.Person("adam").IsEnabled);
        Assert.Equal(2, there.Badges.Count);
    }

    [Fact]
    public void ABadgeOfSomebodyElseHereIsRefused()
    {
        Prepare();
        Export(names: ["adam"]);
        using GalleryFile there = _there.Open();
        KeptFaces.Enrol(there, people.Reader, "nora", keeps: false);
        there.AddBadge("nora", DoorAtWork.AdamsBadge);
        Assert.Contains("H10301 ...67 of adam is nora's here", Assert.Throws<UserErrorException>(() => Import()).Message,
            StringComparison.Ordinal);
        Assert.Single(there.People);
    }

    [Fact]
    public void OnePersonUnderTwoNamesIsRefused()
    {
        Prepare();
        Export(names: ["adam"]);
        using GalleryFile there = _there.Open();
        KeptFaces.Enrol(there, people.Reader, "adam", keeps: false);
        there.Change((connection, _) => Sqlite.Run(connection, "UPDATE person SET name = 'eva', name_key = 'EVA'"));
        Assert.Contains("adam looks like eva", Assert.Throws<UserErrorException>(() => Import()).Message, StringComparison.Ordinal);
        Assert.Single(there.People);
    }

    [Fact]
    public void AnArchiveOfAnotherEncoderIsRefusedWithTheCommandsThatHelp()
    {
        Prepare();
        Export();
        _there.Add("bert", null, 0);
        string why = Assert.Throws<UserErrorException>(() => Import()).Message;
        Assert.Contains("'dooragent people re-encode --encoder made' before the export, or here with 'dooragent people re-encode "
            + "--encoder door-encoder'", why, StringComparison.Ordinal);
        Assert.Single(_there.Read().People);
    }

    [Fact]
    public void MoreEncodingsThanThisDoorAllowsAreRefused()
    {
        Prepare();
        Export();
        Assert.Contains("People:MaxEncodings allows 2", Assert.Throws<UserErrorException>(() => Import(options: new PeopleOptions { MaxEncodings = 2 })).Message, StringComparison.Ordinal);
        using GalleryFile there = _there.Open();
        Assert.Empty(there.People);
    }

    // Identification counts everybody who is enrolled afterwards: 3 pictures of adam and 3 of nora, but not replaced people.
    [Theory]
    [InlineData(5, false, false)]
    [InlineData(6, false, true)]
    [InlineData(5, true, false)]
    [InlineData(6, true, true)]
    public void MoreEncodingsThanIdentificationSupportsAreRefused(int supported, bool isAdamThere, bool isTaken)
    {
        Prepare();
        Export();
        if (isAdamThere)
        {
            using GalleryFile there = _there.Open();
            KeptFaces.Enrol(there, people.Reader, "adam", keeps: false);
        }

        CalibrationTable table = new([(1e-6, 0.3), (1e-3, 0.4)]);
        LoadedNetworks networks = new(people.Reader, new Thresholds(new MatchingOptions { Fpir = supported * 1e-6, Fmr = 1e-4 }, table));
        if (isTaken)
            Assert.Equal(2, Arrived(Import(OnSameName.Replace, identifying: networks)));
        else
            Assert.Contains("6 encodings are too many", Assert.Throws<UserErrorException>(() => Import(OnSameName.Replace,
                identifying: networks)).Message, StringComparison.Ordinal);

        static int Arrived(Imported imported) => imported.Added.Count + imported.Replaced.Count;
    }

    [Fact]
    public void ASeparatedPersonWhoLooksLikeAThirdOneIsRefused()
    {
        Prepare();
        Export();
        Import();
        Add("dora");
        using (GalleryFile there = _there.Open())
            GallerySeparations.Set(there, "adam", [("dora", 0.5f)]);
        Assert.Equal(["adam", "nora"], Import(OnSameName.Replace).Replaced);
        Add("emil");
        Assert.Contains("adam looks like emil", Assert.Throws<UserErrorException>(() => Import(OnSameName.Replace)).Message,
            StringComparison.Ordinal);

        void Add(string name)
        {
            using GalleryFile there = _there.Open();
            there.AddPerson(PersonName.Parse(name), false, null, EncoderIdentity.Of(people.Reader), there.PicturesOf("adam"));
        }
    }

    private void Prepare(Action<GalleryFile>? change = null)
    {
        people.CopyGalleryTo(Source);
        using GalleryFile gallery = new(Source, MadeGalleryFile.Time);
        change?.Invoke(gallery);
    }

    private ArchiveManifest Export(string[]? names = null, bool withCrops = false, bool overwrites = false) =>
        GalleryExport.Write(Source, Archive, names ?? [], withCrops, overwrites, MadeGalleryFile.Time);

    private Imported Import(OnSameName onSameName = OnSameName.Refuse, PeopleOptions? options = null, LoadedNetworks? identifying = null)
    {
        using GalleryArchive archive = GalleryArchive.Open(Archive, _folder.Path);
        using GalleryFile there = _there.Open();
        return new GalleryImport(there, identifying ?? FacePipelineFactory.WithThresholds(people.Reader, new MatchingOptions()),
            identifies: identifying is not null, options ?? new PeopleOptions(), MadeGalleryFile.Time).Run(archive, onSameName);
    }

    private Gallery ReadHere(string path)
    {
        using GalleryFile file = GalleryFile.OpenToRead(path);
        return file.Read(EncoderIdentity.Of(people.Reader));
    }

    /// <summary>Describes the rows of a table without the ids that each file issues itself.</summary>
    private static string[] Rows(string path, string table)
    {
        using GalleryFile file = GalleryFile.OpenToRead(path);
        return file.Query(connection =>
        {
            List<string> rows = [];
            using Microsoft.Data.Sqlite.SqliteCommand command = Sqlite.Command(connection, $"SELECT * FROM {table} ORDER BY rowid");
            using Microsoft.Data.Sqlite.SqliteDataReader row = command.ExecuteReader();
            while (row.Read())
                rows.Add(string.Join(' ', Enumerable.Range(1,
                    row.FieldCount - 1).Where(i => row.GetName(i) is not ("encoder" or "person")).Select(i =>
                    row.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : $"{row.GetValue(i)}")));
            return rows.ToArray();
        });
    }
}
