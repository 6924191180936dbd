using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Storage;

public sealed class DataDirectoryTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OnlyTheOwnerCanUseANewDirectory()
    {
        DataDirectory.Ensure(_folder.File("a/b"));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("a/b")));
    }

    [Fact]
    public void OnlyTheOwnerCanUseANewFile()
    {
        DataDirectory.EnsureFile(_folder.File("a/file"));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder.File("a/file")));
    }

    [Fact]
    public void AnExistingFileLosesTheRightsOfOthersAndKeepsItsContent()
    {
        string file = _folder.Write("old", "kept");
        File.SetUnixFileMode(file, OwnerOnly | UnixFileMode.OtherRead);
        DataDirectory.EnsureFile(file);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(file));
        Assert.Equal("kept", File.ReadAllText(file));
    }

    [Fact]
    public void FilesThatRootCreatesBelongToTheOwnerOfTheDirectory()
    {
        if (!Libc.IsRoot)
            Assert.Skip("needs root, to change the owner of files");
        Libc.ChangeOwner(_folder.Path, 1234, 4321);
        DataDirectory.EnsureFile(_folder.File("logs/file"));
        Assert.Equal((1234u, 4321u), OwnerOf(_folder.File("logs")));
        Assert.Equal((1234u, 4321u), OwnerOf(_folder.File("logs/file")));
    }

    [Fact]
    public void RootDoesNotFollowALinkInADirectoryOfAnotherUser()
    {
        if (!Libc.IsRoot)
            Assert.Skip("needs root, who could follow the link");
        using TempFolder roots = new();
        string secret = roots.Write("secret", "root's own");
        File.SetUnixFileMode(secret, OwnerOnly | UnixFileMode.GroupRead);
        File.CreateSymbolicLink(_folder.File("gallery.db"), secret);
        DataDirectory.EnsureFile(_folder.File("gallery.db"));
        File.SetUnixFileMode(secret, OwnerOnly | UnixFileMode.GroupRead);

        Libc.ChangeOwner(_folder.Path, 1234, 4321);
        string refusal = Assert.Throws<UserErrorException>(() => DataDirectory.EnsureFile(_folder.File("gallery.db"))).Message;
        Assert.Contains("root does not follow", refusal, StringComparison.Ordinal);
        Assert.Equal((0u, OwnerOnly | UnixFileMode.GroupRead), (OwnerOf(secret).Item1, File.GetUnixFileMode(secret)));
        Libc.ChangeOwner(_folder.File("gallery.db"), 1234, 4321);
        Assert.Equal(0u, OwnerOf(secret).Item1);
    }

    [Fact]
    public void AFileInPlaceOfADirectoryIsExplained() => Assert.Contains("--data", Assert.Throws<UserErrorException>(
        () => DataDirectory.Ensure(Path.Combine(_folder.Write("file", ""), "below"))).Message, StringComparison.Ordinal);

    [Fact]
    public void StatDistinguishesFiles()
    {
        string one = _folder.Write("one", ""), other = _folder.Write("other", "");
        Assert.Equal(Libc.Stat(one), Libc.Stat(one));
        Assert.NotEqual(Libc.Stat(one)!.Value.Inode, Libc.Stat(other)!.Value.Inode);
        Assert.Null(Libc.Stat(_folder.File("none")));
    }

    private static (uint, uint) OwnerOf(string path) => (Libc.Stat(path)!.Value.Owner, Libc.Stat(path)!.Value.Group);
}
