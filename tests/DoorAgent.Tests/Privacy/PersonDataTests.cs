using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DoorAgent.Auditing;
using DoorAgent.Commands.People;
using DoorAgent.Events;
using DoorAgent.Galleries;
using DoorAgent.Privacy;
using DoorAgent.Storage;
using DoorAgent.Tests.Auditing;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Privacy;

public sealed class PersonDataTests : IDisposable
{
    private const string Name = "Ännä Zwölfer", Other = "Nora Quittenbaum";

    private readonly TempFolder _folder = new();
    private readonly Places _places;
    private long _anna;

    public PersonDataTests() => _places = new Places(_folder.Path, []);

    private string Archive => _folder.File("anna.zip");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheFileContainsEverythingOfThePersonAndNothingOfAnybodyElse()
    {
        Fill();
        PersonExportFile.Write(Archive, PersonData.Read(_places, "ÄNNÄ zwölfer"), overwrites: false, TimeProvider.System);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Archive));
        using ZipArchive zip = ZipFile.OpenRead(Archive);
        Assert.Equal(["data.json", "index.html"], zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        string page = Text(zip, "index.html"), json = Text(zip, "data.json");
        Assert.All(new[] { page, json }, text =>
        {
            Assert.DoesNotContain("Quittenbaum", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("H10301:12:2", text, StringComparison.Ordinal);
            Assert.Contains("H10301:12:1", text, StringComparison.Ordinal);
        });
        Assert.Contains("Ännä Zwölfer", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        using JsonDocument data = JsonDocument.Parse(json);
        JsonElement root = data.RootElement;
        Assert.Equal(Name, root.GetProperty("name").GetString());
        Assert.Equal(MadeEncodings.At(0).Vector.ToArray(), root.GetProperty("encodings")[0].GetProperty("vector").EnumerateArray()
            .Select(number => number.GetSingle()));
        Assert.True(root.GetProperty("enrolled").GetProperty("pin").GetBoolean());
        Assert.Equal("2026-03-01", root.GetProperty("consent").GetProperty("date").GetString());
        Assert.Equal([1L, 3], root.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("sequence").GetInt64()));
    }

    [Fact]
    public void SomebodyRemovedGetsTheRecords()
    {
        Fill();
        using (GalleryFile gallery = GalleryFile.OpenToChange(_places.GalleryFile, MadeGalleryFile.Time))
            gallery.Remove(Name);
        PersonData data = PersonData.Read(_places, Name);
        Assert.Equal((0, 2), (data.Encodings.Count, data.Records.Count));
        Assert.Contains("Not enrolled", PersonExportPage.Of(data, SomeEvents.Morning), StringComparison.Ordinal);
        Assert.Contains("knows anybody called nobody", Assert.Throws<UserErrorException>(() => PersonData.Read(_places, "nobody")).Message,
            StringComparison.Ordinal);
    }

    /// <summary>With somebody's badge another person may stand before the camera, so that only granted attempts are the person's
    /// own.</summary>
    [Fact]
    public void PicturesOfGrantedAttemptsAreIncludedAndOthersOnlyCounted()
    {
        Fill();
        KeptPictures kept = new(_places.Pictures);
        kept.Write(new AttemptAccount(1, DoorEventKind.Granted, _anna, []), [(TimeSpan.Zero, "granted"u8.ToArray())]);
        kept.Write(new AttemptAccount(3, DoorEventKind.Denied, _anna, []), [(TimeSpan.Zero, "a stranger"u8.ToArray())]);
        kept.Write(new AttemptAccount(4, DoorEventKind.Granted, _anna + 1, []), [(TimeSpan.Zero, "somebody else"u8.ToArray())]);
        PersonData data = PersonData.Read(_places, Name);
        Assert.Equal((1L, "granted", 1), (data.Pictures.Single().Record, Encoding.UTF8.GetString(data.Pictures[0].Jpeg),
            data.OtherAttempts));
    }

    [Fact]
    public void AnExistingFileIsReplacedOnlyOnRequest()
    {
        Fill();
        PersonData data = PersonData.Read(_places, Name);
        PersonExportFile.Write(Archive, data, overwrites: false, TimeProvider.System);
        Assert.Contains("--force", Assert.Throws<UserErrorException>(() =>
            PersonExportFile.Write(Archive, data, overwrites: false, TimeProvider.System)).Message, StringComparison.Ordinal);
        PersonExportFile.Write(Archive, data, overwrites: true, TimeProvider.System);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.new"));
    }

    private static string Text(ZipArchive zip, string member)
    {
        using StreamReader reader = new(zip.GetEntry(member)!.Open());
        return reader.ReadToEnd();
    }

    private void Fill()
    {
        using (GalleryFile gallery = new(_places.GalleryFile, MadeGalleryFile.Time))
        {
            gallery.AddPerson(PersonName.Parse(Name), false, MadeGalleryFile.Card(1), MadeEncodings.Encoder, [MadeEncodings.Picture(0, 1)]);
            gallery.AddPerson(PersonName.Parse(Other), false, MadeGalleryFile.Card(2), MadeEncodings.Encoder,
                [MadeEncodings.Picture(90, 2)]);
            gallery.SetPin(Name, Pin.Parse("4718"), isDuress: false);
            GalleryConsents.Set(gallery, Name, Consent.Parse("2026-03-01", "<b>form 17"));
            _anna = gallery.Person(Name).Id;
        }

        using Journal journal = Journal.Open(_places.JournalFile);
        journal.Append(SomeEvents.Granted(1) with { PersonId = _anna, PersonName = Name });
        journal.Append(SomeEvents.Granted(2) with { PersonId = _anna + 1, PersonName = Other });
        journal.Append(SomeEvents.Denied(DenyReason.OutsideSchedule) with { Sequence = 3, PersonId = _anna, PersonName = Name });
    }
}
