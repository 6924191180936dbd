using DoorAgent.Sealing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Sealing;

public sealed class SealedFolderTests : IDisposable
{
    private const int Large = 1 << 20;
    private static readonly byte[] Content = [.. "a face before the door, in the clear"u8];

    private readonly TempFolder _folder = new();
    private readonly DoorKey _key = DoorKey.Generate();

    [Fact]
    public void ASealedFileComesBackAndItsBytesAreNotOnTheDiskInPlain()
    {
        SealedFolder folder = Of(_key);
        folder.Write("one.jpg", Content);
        string path = Assert.Single(folder.Named("*.jpg"));
        Assert.EndsWith("one.jpg.sealed", path, StringComparison.Ordinal);
        Assert.Equal(Content, folder.Read(path));
        Assert.All(Directory.GetFiles(_folder.Path),
            file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(Content.AsSpan(0, 8)) < 0));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void WithoutAKeyFilesAreOpenAndAKeyThatComesLaterReadsThemToo()
    {
        Of().Write("one.jpg", Content);
        Assert.Equal(Content, File.ReadAllBytes(_folder.File("one.jpg")));
        SealedFolder later = Of(_key);
        Assert.Equal(Content, later.Read(Assert.Single(later.Named("*.jpg"))));
    }

    [Fact]
    public void AFileThatWasRenamedOrChangedDoesNotOpen()
    {
        SealedFolder folder = Of(_key);
        folder.Write("one.jpg", Content);
        File.Move(_folder.File("one.jpg.sealed"), _folder.File("two.jpg.sealed"));
        Assert.Throws<InvalidDataException>(() => folder.Read(_folder.File("two.jpg.sealed")));
        File.Move(_folder.File("two.jpg.sealed"), _folder.File("one.jpg.sealed"));
        Assert.Equal(Content, folder.Read(_folder.File("one.jpg.sealed")));
        byte[] changed = File.ReadAllBytes(_folder.File("one.jpg.sealed"));
        changed[^20] ^= 1;
        File.WriteAllBytes(_folder.File("one.jpg.sealed"), changed);
        Assert.Throws<InvalidDataException>(() => folder.Read(_folder.File("one.jpg.sealed")));
        File.WriteAllBytes(_folder.File("one.jpg.sealed"), Content);
        Assert.Throws<InvalidDataException>(() => folder.Read(_folder.File("one.jpg.sealed")));
    }

    [Fact]
    public void WithoutTheKeyTheMessageSaysWhatToDo()
    {
        Of(_key).Write("one.jpg", Content);
        SealedFolder without = new(_folder.Path, new KeyRing([], "there is no key here. Run the command with sudo."), "test", Large);
        Assert.Contains("with sudo",
            Assert.Throws<UserErrorException>(() => without.Read(_folder.File("one.jpg.sealed"))).Message, StringComparison.Ordinal);
        Assert.Contains(_key.Id, Assert.Throws<UserErrorException>(
            () => Of(DoorKey.Generate()).Read(_folder.File("one.jpg.sealed"))).Message, StringComparison.Ordinal);
        Assert.True(Of(DoorKey.Generate()).IsOfAnotherKey(_folder.File("one.jpg.sealed")));
        Assert.False(without.IsOfAnotherKey(_folder.File("one.jpg.sealed")));
        Assert.False(Of(_key).IsOfAnotherKey(_folder.File("one.jpg.sealed")));
    }

    [Fact]
    public void OpenFilesAndThoseOfAnotherKeyAreSealedAgainAndKeepTheirTimes()
    {
        DateTime written = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);
        Of().Write("open.jpg", Content);
        DoorKey earlier = DoorKey.Generate();
        Of(earlier).Write("earlier.jpg", Content);
        Of(_key).Write("now.jpg", Content);
        foreach (string file in Directory.GetFiles(_folder.Path))
            File.SetLastWriteTimeUtc(file, written);
        byte[] untouched = File.ReadAllBytes(_folder.File("now.jpg.sealed"));

        SealedFolder both = Of(_key, earlier);
        Assert.Equal(0, both.SealAll(_key, both.Named("*.jpg")));
        Assert.Equal(["earlier.jpg.sealed", "now.jpg.sealed", "open.jpg.sealed"],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Of(_key).Named("*.jpg"), file =>
        {
            Assert.Equal(Content, Of(_key).Read(file));
            Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        });
        Assert.Equal(untouched, File.ReadAllBytes(_folder.File("now.jpg.sealed")));
    }

    [Fact]
    public void FilesOfALostKeyAreCountedAndStay()
    {
        Of(DoorKey.Generate()).Write("lost.jpg", Content);
        byte[] before = File.ReadAllBytes(_folder.File("lost.jpg.sealed"));
        Assert.Equal(1, Of(_key).SealAll(_key, Of(_key).Named("*.jpg")));
        Assert.Equal(before, File.ReadAllBytes(_folder.File("lost.jpg.sealed")));
    }

    /// <summary>The sealed file may be torn while the open one is there.</summary>
    [Fact]
    public void AnInterruptedSealingIsDoneAgainFromTheOpenFile()
    {
        Of().Write("one.jpg", Content);
        File.WriteAllBytes(_folder.File("one.jpg.sealed"), "DoSe\u0001torn"u8.ToArray());
        SealedFolder folder = Of(_key);
        Assert.Equal(Content, folder.Read(Assert.Single(folder.Named("*.jpg"))));
        Assert.Equal(0, folder.SealAll(_key, folder.Named("*.jpg")));
        Assert.Equal(Content, folder.Read(Assert.Single(folder.Named("*.jpg"))));
        Assert.False(File.Exists(_folder.File("one.jpg")));
    }

    [Fact]
    public void ALinkIsNotFollowed()
    {
        using TempFolder elsewhere = new();
        string secret = elsewhere.Write("secret", "somebody's own");
        File.CreateSymbolicLink(_folder.File("one.jpg"), secret);
        SealedFolder folder = Of(_key);
        Assert.Throws<InvalidDataException>(() => folder.Read(_folder.File("one.jpg")));
        Assert.Equal(1, folder.SealAll(_key, folder.Named("*.jpg")));
        Assert.Equal("somebody's own", File.ReadAllText(secret));
        Assert.False(File.Exists(_folder.File("one.jpg.sealed")));
        folder.Write("one.jpg", Content);
        File.Delete(_folder.File("one.jpg"));
        Assert.Equal(Content, folder.Read(_folder.File("one.jpg.sealed")));
    }

    [Fact]
    public void RootSealsNoFileOfItsOwnForTheOwnerOfTheFolder()
    {
        if (!Libc.IsRoot)
            Assert.Skip("needs root, whose file another user could have linked");
        File.WriteAllBytes(_folder.File("one.jpg"), Content);
        Libc.ChangeOwner(_folder.Path, 1234, 4321);
        Assert.Throws<InvalidDataException>(() => Of(_key).Read(_folder.File("one.jpg")));
        Assert.Equal(1, Of(_key).SealAll(_key, Of(_key).Named("*.jpg")));
        Assert.Equal(Content, File.ReadAllBytes(_folder.File("one.jpg")));
        Of(_key).Write("two.jpg", Content);
        Assert.Equal(1234u, Libc.Stat(_folder.File("two.jpg.sealed"))!.Value.Owner);
        Assert.Equal(Content, Of(_key).Read(_folder.File("two.jpg.sealed")));
    }

    public void Dispose() => _folder.Dispose();

    private SealedFolder Of(params DoorKey[] keys) => new(_folder.Path, new KeyRing(keys, null), "test", Large);
}
