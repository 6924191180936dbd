using DoorAgent.Galleries;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.People;

/// <summary>Tests the verbs that move people to another encoder or another door, as a user types them.</summary>
[Collection(nameof(WholeConsole))]
public sealed class MovingCommandsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PeopleMoveFromOneDoorToAnother()
    {
        string archive = _folder.File("people.zip");
        await Says(0, "3 in all", "here", "people", "add", "adam", "--images", People("adam"), "--badge", "H10301:1:2345");
        await Says(0, "people 1, badges 1, encodings 3 (door-encoder), kept faces 0", "here", "people", "export", archive, "--open");
        await Says(2, "--force", "here", "people", "export", archive, "--open");
        await Says(2, "Did you mean adam?", "here", "people", "export", archive, "--open", "adan", "--force");
        Assert.DoesNotContain("WARNING", await Says(0, "added: adam", "there", "people", "import", archive), StringComparison.Ordinal);
        await Says(0, "It's adam, welcome in!", "there", "verify", "adam", People("adam/door-1/03.jpg"));
        await Says(2, "Already enrolled: adam", "there", "people", "import", archive);
        await Says(0, "kept unchanged: adam", "there", "people", "import", archive, "--keep");
        await Says(0, "replaced: adam", "there", "people", "import", archive, "--replace");
        await Says(2, "Either --keep or --replace", "there", "people", "import", archive, "--keep", "--replace");
        await Says(2, "There is no file", "there", "people", "import", archive + "x");
    }

    [Fact]
    public async Task AnExportSaysThatNobodyIsEnrolled()
    {
        await Says(2, "Nobody is enrolled yet", "nowhere", "people", "export", _folder.File("people.zip"), "--open");
        Assert.False(File.Exists(_folder.File("people.zip")));
    }

    [Fact]
    public async Task AnImportWarnsOfSchedulesThatTheNewDoorDoesNotHave()
    {
        string archive = _folder.File("people.zip");
        await Says(0, "3 in all", "here", "people", "add", "adam", "--images", People("adam"));
        await Says(0, "office", "here", "people", "schedule", "adam", "office");
        await Says(0, "people 1", "here", "people", "export", archive, "--open");
        await Says(0, "WARNING: this configuration names no schedule 'office' of adam.", "there", "people", "import", archive);
    }

    [Fact]
    public async Task FacesAreKeptOnlyWhenAllowedAndTheOutputSaysSo()
    {
        Assert.DoesNotContain("kept", await Says(0, "3 in all", "here", "people", "add", "nora", "--images", People("nora")),
            StringComparison.Ordinal);
        await Says(0, "The faces are kept for 30 days", "here", "people", "add", "adam", "--images", People("adam"), "--set",
            "People:KeepCrops=true", "--set", "People:KeepCropsFor=30 d");
        await Says(0, "faces kept of 3 pictures, until 2", "here", "people", "show", "adam");
        Assert.DoesNotContain("kept", await Says(0, "nora: enrolled", "here", "people", "show", "nora"), StringComparison.Ordinal);
        await Says(2, "People:KeepCropsFor is 731", "here", "people", "pictures", "adam", "--images", People("adam/door-1"), "--set",
            "People:KeepCropsFor=731 d");
    }

    [Fact]
    public async Task AnotherEncoderIsRefusedWithTheNextStep()
    {
        await Says(0, "3 in all", "here", "people", "add", "adam", "--images", People("adam"));
        await Says(2, "There is no encoder 'mobilfacenet'", "here", "people", "re-encode", "--encoder", "mobilfacenet");
        await Says(2, "is in none of", "here", "people", "re-encode", "--encoder", "sface");
        await Says(0, "The gallery's encoder is door-encoder, as before: people 1, encodings 3, of which new 0.", "here", "people",
            "re-encode", "--encoder", "door-encoder");
        string[] strong = ["--models", Shared.Need("models"), "--set", "Faces:Detector=yunet-n"];
        await Says(2, "dooragent people pictures 'adam' --images DIR", "here",
            ["people", "re-encode", "--encoder", "mobilefacenet", .. strong]);
        await Says(0, "Without a face, and denied as FaceNotMatched", "here",
            ["people", "re-encode", "--encoder", "mobilefacenet", "--without-them", .. strong]);
        await Says(0, "3 in all (encoder mobilefacenet", "here", ["people", "pictures", "adam", "--images", People("adam"), .. strong]);
        await Says(0, "was mobilefacenet: people 1, encodings 3, of which new 0.", "here",
            ["people", "re-encode", "--encoder", "door-encoder", .. strong]);
    }

    [Fact]
    public async Task PeopleWhomTheNewEncoderConfusesAreNamed()
    {
        await Says(0, "3 in all", "here", "people", "add", "nora", "--images", People("nora"));
        await Says(0, "3 in all", "here", "people", "add", "adam", "--images", People("adam"));
        string[] again = ["people", "re-encode", "--encoder", "door-encoder"];
        Assert.DoesNotContain("WARNING", await Says(0, "as before", "here", again), StringComparison.Ordinal);
        using (GalleryFile gallery = new(Path.Combine(_folder.File("here"), "gallery.db"), TimeProvider.System))
            gallery.AddPerson(PersonName.Parse("ivo"), false, null, gallery.Encoder!, gallery.PicturesOf("adam"), rule: gallery.Rule);
        await Says(0, "WARNING: adam looks like ivo to this encoder (distance 0.000)", "here", again);
    }

    [Fact]
    public async Task NoCommandOverwritesTheGalleryWithACopy()
    {
        await Says(0, "3 in all", "here", "people", "add", "nora", "--images", People("nora"));
        string gallery = Path.Combine(_folder.File("here"), "gallery.db"), archive = _folder.File("people.zip");
        byte[] before = File.ReadAllBytes(gallery);
        await Says(2, "is this door's own gallery and would be lost", "here", "people", "export", gallery, "--force");
        await Says(2, "is this door's own gallery: everybody in it is enrolled here", "here", "people", "import", gallery);
        await Says(2, "is this door's own gallery", "here", "camera", "snap", Linked(gallery), "--set",
            $"Hardware:Camera={People("nora/door-1")}");
        await Says(2, "is this door's own gallery", "here", "doctor", "--picture", Linked(gallery));
        await Says(2, "is in the folder that the camera's pictures come from", "here", "camera", "snap", People("nora/door-1/01.jpg"),
            "--set", $"Hardware:Camera={People("nora/door-1")}");
        await Says(0, "people 1", "here", "people", "export", archive, "--open");
        await Says(0, "kept unchanged: nora", "here", "people", "import", archive, "--keep");
        Assert.Equal(before, File.ReadAllBytes(gallery));
    }

    [Fact]
    public async Task APersonWhoseNameLooksLikeAnEnrolledNameIsNotImported()
    {
        await Says(0, "3 in all", "there", "people", "add", "Exe", "--images", People("nora"));
        await Says(0, "3 in all", "here", "people", "add", "\u0415\u0445\u0435", "--images", People("adam"));
        await Says(0, "people 1", "there", "people", "export", _folder.File("people.zip"), "--open");
        await Says(2, "Exe looks like \u0415\u0445\u0435, who is enrolled", "here", "people", "import", _folder.File("people.zip"));
        await Says(0, "Exe is now called Exeter.", "there", "people", "rename", "Exe", "Exeter");
        await Says(0, "people 1", "there", "people", "export", _folder.File("people.zip"), "--open", "--force");
        await Says(0, "added: Exeter", "here", "people", "import", _folder.File("people.zip"));
    }

    private string Linked(string file)
    {
        string link = _folder.File("picture.jpg");
        if (!File.Exists(link))
            File.CreateSymbolicLink(link, file);
        return link;
    }

    private Task<string> Says(int exitCode, string words, string door, params string[] arguments) =>
        WholeConsole.SaysAsync(exitCode, words, [.. arguments, "--data", _folder.File(door)]);

    private static string People(string relative) => Path.Combine(Places.BuiltInPeople, relative);
}
