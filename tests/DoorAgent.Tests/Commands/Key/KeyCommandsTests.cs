using System.Text.Json;
using DoorAgent.Galleries;
using DoorAgent.Sealing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Key;

[Collection(nameof(WholeConsole))]
public sealed class KeyCommandsTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>, IDisposable
{
    private const string Phrase = "six words that nobody else chooses";

    private readonly TempFolder _data = new(), _out = new();

    private KeyPlaces Keys => KeyPlaces.Of(_data.Path);

    private string Gallery => _data.File("gallery.db");

    public void Dispose()
    {
        _data.Dispose();
        _out.Dispose();
    }

    [Fact]
    public async Task AKeyIsMadeOnceAndShownWithoutTheSecret()
    {
        await SaysAsync(1, "key create", "show");
        await SaysAsync(0, "has the key", "create");
        DoorKey key = Keys.Find().Newest!;
        await SaysAsync(0, $"There is already a key: {key.Id}", "create");
        string shown = await SaysAsync(0, key.Id, "show") + await SaysAsync(0, key.Id, "show", "--json");
        Assert.DoesNotContain(Secret(key), shown, StringComparison.Ordinal);
        Assert.Equal(key.Id, Keys.Find().Newest?.Id);
    }

    [Fact]
    public async Task TheJsonOfShowHasTheFieldsForPrograms()
    {
        DoorKey key = Seal();
        string line = (await SaysAsync(0, "{", "show", "--json")).Split('\n').First(one => one.StartsWith('{'));
        JsonElement shown = JsonDocument.Parse(line).RootElement;
        Assert.Equal(key.Id, shown.GetProperty("key").GetString());
        Assert.Equal(key.Id, shown.GetProperty("gallery").GetString());
        Assert.Equal("file", shown.GetProperty("kind").GetString());
        Assert.True(shown.GetProperty("opensGallery").GetBoolean());
    }

    [Fact]
    public async Task AnExportOpensTheGalleryAfterTheKeyWasLost()
    {
        DoorKey key = Seal();
        string file = _out.File("key.txt"), phrase = _out.Write("phrase", Phrase + "\n");
        await SaysAsync(0, "Exported", "export", "--to", file, "--passphrase-file", phrase);
        Assert.NotNull(KeyExportNote.Read(Keys, key.Id));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        string sheet = await File.ReadAllTextAsync(file + ".html", TestContext.Current.CancellationToken);
        Assert.Contains("<svg", sheet, StringComparison.Ordinal);
        Assert.Contains((await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken))[3], sheet, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret(key), sheet, StringComparison.Ordinal);
        await SaysAsync(0, "It opens", "import", file, "--check", "--passphrase-file", phrase);
        File.Delete(Keys.File);
        await SaysAsync(2, "which a new key does not replace", "create");
        await SaysAsync(2, "does not open the export", "import", file, "--passphrase-file", _out.Write("other", "another passphrase\n"));
        Assert.False(File.Exists(Keys.File));
        await SaysAsync(0, "The gallery opens with it", "import", file, "--passphrase-file", phrase);
        Assert.Equal(key.Id, Keys.Find().Newest?.Id);
        await SaysAsync(0, "has the key", "import", file, "--passphrase-file", phrase);
    }

    [Fact]
    public async Task AKeyInUseIsReplacedOnlyWhenAsked()
    {
        DoorKey key = Seal(), other = DoorKey.Generate();
        string file = _out.File("other.key");
        await File.WriteAllBytesAsync(file, other.Reveal(), TestContext.Current.CancellationToken);
        await SaysAsync(2, "would not open it", "import", file);
        Assert.Equal(key.Id, Keys.Find().Newest?.Id);
        await SaysAsync(1, "does not open with it", "import", file, "--replace");
        Assert.Equal(other.Id, Keys.Find().Newest?.Id);
    }

    [Fact]
    public async Task AnUnusedKeyIsReplacedByTheOneOfTheGallery()
    {
        DoorKey key = Seal();
        File.Delete(Keys.File);
        new KeyKeeper(Keys).Keep(DoorKey.Generate());
        string file = _out.File("the.key");
        await File.WriteAllBytesAsync(file, key.Reveal(), TestContext.Current.CancellationToken);
        await SaysAsync(0, "The gallery opens with it", "import", file);
    }

    [Fact]
    public async Task ARotationSealsTheGalleryItsBackupAndTheOldKeyIsGone()
    {
        DoorKey old = Seal();
        string[] badges = Badges();
        await SaysAsync(0, $"in the place of {old.Id}", "rotate");
        DoorKey now = Assert.Single(Keys.Find().All);
        Assert.NotEqual(old.Id, now.Id);
        Assert.Equal(now.Id, GalleryKey.IdOf(Gallery));
        Assert.Equal(badges, Badges());
        await SaysAsync(0, "Delete it after use", "open", SealedBackup.PathOf(Gallery), "--to", _out.File("backup.db"));
        Assert.Null(GalleryKey.IdOf(_out.File("backup.db")));
        await SaysAsync(0, now.Id, "show");
    }

    [Fact]
    public async Task ARotationThatWasKilledIsFinished()
    {
        DoorKey old = Seal(), next = DoorKey.Generate();
        new KeyKeeper(Keys).Stage(Keys.Stored()!, next);
        Assert.True(GalleryReseal.Run(Gallery, old, next, TimeProvider.System));
        Assert.NotEmpty(Badges());
        await SaysAsync(0, "rotation is not finished", "show");
        await SaysAsync(0, $"The key {next.Id} is in the place", "rotate");
        Assert.Equal(next.Id, Assert.Single(Keys.Find().All).Id);
        Assert.NotEmpty(Badges());
    }

    [Fact]
    public async Task ASealedFileIsOpenedOnlyWithItsKey()
    {
        DoorKey key = Seal();
        string file = _out.File("kept.sealed");
        await File.WriteAllBytesAsync(file, SealedFile.Close(key, [1, 2, 3], "kept picture 12"), TestContext.Current.CancellationToken);
        await SaysAsync(0, "kept picture 12", "open", file, "--to", _out.File("kept.jpg"));
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(_out.File("kept.jpg"), TestContext.Current.CancellationToken));
        await SaysAsync(2, "already exists", "open", file, "--to", _out.File("kept.jpg"));
        await SaysAsync(2, "is not a sealed file", "open", _out.File("kept.jpg"), "--to", _out.File("other.jpg"));
        File.Delete(Keys.File);
        await SaysAsync(2, "there is no key file", "open", file, "--to", _out.File("other.jpg"));
    }

    [Fact]
    public async Task WhatIsNoKeyIsNotImported()
    {
        await SaysAsync(2, "neither an exported key nor a key file", "import", _out.Write("text", "hello"));
        await SaysAsync(2, "There is no file", "import", _out.File("missing"));
        Assert.Null(Keys.Stored());
    }

    [Fact]
    public async Task NoOutputOverwritesTheKey()
    {
        DoorKey key = Seal();
        await SaysAsync(2, "is this door's own key and would be lost", "export", "--to", Keys.File, "--force", "--passphrase-file",
            _out.Write("phrase", Phrase));
        Assert.Equal(key.Id, Keys.Find().Newest?.Id);
    }

    [Fact]
    public async Task AShortPassphraseIsRefused()
    {
        await SaysAsync(0, "has the key", "create");
        await SaysAsync(2, "12 or more", "export", "--to", _out.File("key.txt"), "--passphrase-file", _out.Write("short", "short\n"));
        Assert.False(File.Exists(_out.File("key.txt")));
    }

    private Task<string> SaysAsync(int code, string expected, string verb, params string[] arguments) =>
        WholeConsole.SaysAsync(code, expected, ["key", verb, .. arguments, "--data", _data.Path]);

    private string[] Badges()
    {
        using GalleryFile file = GalleryFile.OpenToRead(Gallery);
        return [.. file.NumberedBadges.Select(one => one.Badge.Number)];
    }

    private static string Secret(DoorKey key) => Convert.ToHexStringLower(key.RevealBytes());

    private DoorKey Seal()
    {
        people.CopyGalleryTo(Gallery);
        DoorKey key = DoorKey.Generate();
        new KeyKeeper(Keys).Keep(key);
        Assert.True(GallerySealing.RunIfDue(Gallery, TimeProvider.System));
        return key;
    }
}
