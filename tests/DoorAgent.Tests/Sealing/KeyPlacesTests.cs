using System.Text;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Sealing;

public sealed class KeyPlacesTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/var/lib/dooragent", "/etc/dooragent/dooragent.key")]
    [InlineData("/var/lib/dooragent/", "/etc/dooragent/dooragent.key")]
    [InlineData("/srv/door", "/srv/door.key")]
    [InlineData("/srv/door/", "/srv/door.key")]
    public void TheKeyFileIsOutsideOfTheData(string data, string file) => Assert.Equal(file, KeyPlaces.FileOf(data));

    [Fact]
    public void ADoorWithoutAKeySaysWhatToDo()
    {
        KeyPlaces places = MadeKeyPlaces.OfFile(_folder);
        Assert.Null(places.Stored());
        KeyRing keys = places.Find();
        Assert.Null(keys.Newest);
        Assert.Contains("key import FILE", keys.Absence, StringComparison.Ordinal);
    }

    [Fact]
    public void AKeyInAFileIsFoundAndOnlyItsOwnerReadsTheFile()
    {
        KeyPlaces places = MadeKeyPlaces.OfFile(_folder);
        DoorKey key = DoorKey.Generate();
        Assert.Equal(new StoredKey(places.File, KeyKind.File), new KeyKeeper(places).Keep(key));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(places.File));
        Assert.Equal(key.Id, places.Find().Newest?.Id);
        Assert.Equal([places.File], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void TheKeyFileBelongsToTheOwnerOfTheData()
    {
        Assert.SkipUnless(Libc.IsRoot, "needs root, to change the owner of files");
        KeyPlaces places = MadeKeyPlaces.OfFile(_folder);
        Libc.ChangeOwner(places.Data, 4711, 4711);
        new KeyKeeper(places).Keep(DoorKey.Generate());
        Assert.Equal(4711u, Libc.Stat(places.File)?.Owner);
    }

    [Fact]
    public void ACredentialIsEncryptedAndBelongsToRoot()
    {
        KeyPlaces places = MadeKeyPlaces.WithSystemd(_folder);
        Libc.ChangeOwner(places.Data, 4711, 4711);
        DoorKey key = DoorKey.Generate();
        StoredKey stored = new KeyKeeper(places).Keep(key);
        Assert.Equal(places.Encrypted, stored.Path);
        Assert.True(stored.Kind is KeyKind.HostCredential or KeyKind.TpmCredential);
        Assert.Equal(0u, Libc.Stat(stored.Path)?.Owner);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(stored.Path));
        Assert.DoesNotContain("dooragent-key", File.ReadAllText(stored.Path), StringComparison.Ordinal);
        Assert.Equal(key.Id, places.Find().Newest?.Id);
        Assert.False(File.Exists(places.File));
    }

    [Fact]
    public void ACredentialOfAnotherMachineDoesNotOpenAndTheSentenceSaysSo()
    {
        KeyPlaces places = MadeKeyPlaces.WithSystemd(_folder);
        new KeyKeeper(places).Keep(DoorKey.Generate());
        KeyRing keys = (places with { Systemd = new SystemdCreds { IsUsable = true, HostSecret = _folder.File("other.secret") } }).Find();
        Assert.Null(keys.Newest);
        Assert.Contains("cannot be read: systemd-creds decrypt failed", keys.Absence, StringComparison.Ordinal);
        Assert.Contains("key import FILE", keys.Absence, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereSystemdCannotEncryptTheKeyIsKeptInAFileAndTheNoteSaysWhy()
    {
        Assert.SkipUnless(Libc.IsRoot, "needs root, for whom credentials are made");
        KeyPlaces places = MadeKeyPlaces.OfFile(_folder) with
        {
            Encrypted = _folder.File("credstore.encrypted/dooragent.key"), Systemd = new SystemdCreds("false") { IsUsable = true },
        };
        KeyKeeper keeper = new(places);
        Assert.Equal(KeyKind.File, keeper.Keep(DoorKey.Generate()).Kind);
        Assert.Contains("systemd cannot keep the key", keeper.Note, StringComparison.Ordinal);
        Assert.NotNull(places.Find().Newest);
    }

    [Fact]
    public void APassedCredentialCountsBeforeTheFile()
    {
        KeyPlaces places = MadeKeyPlaces.OfFile(_folder);
        new KeyKeeper(places).Keep(DoorKey.Generate());
        DoorKey passed = DoorKey.Generate();
        File.WriteAllBytes(_folder.File("passed"), passed.Reveal());
        places = places with { Passed = _folder.File("passed") };
        Assert.Equal(passed.Id, places.Find().Newest?.Id);
        Assert.Equal(KeyKind.Passed, places.Stored()?.Kind);
        Assert.Equal(KeyKind.File, (places with { Passed = _folder.File("missing") }).Stored()?.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("dooragent-key-1 0001")]
    [InlineData("something else")]
    public void ATruncatedKeyFileIsNoKeyAndTheSentenceSaysSo(string text)
    {
        KeyPlaces places = MadeKeyPlaces.OfFile(_folder);
        File.WriteAllText(places.File, text);
        KeyRing keys = places.Find();
        Assert.Null(keys.Newest);
        Assert.Contains($"{places.File} does not contain the key of a door", keys.Absence, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSentenceForAKeyOfAnotherUserSaysSudo()
    {
        Assert.SkipWhen(Libc.IsRoot, "root reads every file");
        KeyPlaces places = MadeKeyPlaces.OfFile(_folder);
        File.WriteAllText(places.File, "");
        File.SetUnixFileMode(places.File, UnixFileMode.None);
        Assert.Contains("Run the command with sudo", places.Find().Absence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Whxqht+dQJax1aZeCGLxmiAAAAAB", KeyKind.HostCredential)]
    [InlineData("Whxqht+dQJax1aZe\nCGLxmiAAAAAB\n", KeyKind.HostCredential)]
    [InlineData("DHzAexF2RZGcSwvqCLwg/iAAAAAB", KeyKind.TpmCredential)]
    [InlineData("k6iUCUh0RJCQyvL8k8q1UyAAAAAB", KeyKind.TpmCredential)]
    [InlineData("not base64", null)]
    [InlineData("Whxq", null)]
    public void TheKindOfACredentialIsReadFromItsBeginning(string text, object? kind) =>
        Assert.Equal((KeyKind?)kind, SystemdCreds.KindOf(Encoding.UTF8.GetBytes(text)));
}
