using DoorAgent.Diagnostics;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Diagnostics;

public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OnlyTheOwnerCanReadTheFileAlsoWhenAReadableFileIsReplaced()
    {
        string path = _folder.Write("snap.jpg", "before");
        File.SetUnixFileMode(path, OwnerOnly | UnixFileMode.OtherRead);
        PrivateFile.Write(path, [1, 2, 3]);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void AMissingFolderIsReported() =>
        Assert.Contains("cannot be written", Assert.Throws<UserErrorException>(() => PrivateFile.Write(_folder.File("no/where.jpg"), []))
            .Message, StringComparison.Ordinal);
}
