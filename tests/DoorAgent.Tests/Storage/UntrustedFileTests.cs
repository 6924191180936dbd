using System.Diagnostics;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Storage;

public sealed class UntrustedFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFileIsReadWithItsOwnerAndRights()
    {
        string path = _folder.Write("file", "content");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        using UntrustedFile file = UntrustedFile.Open(path)!;
        Assert.Equal("content"u8.ToArray(), file.ReadAll(7));
        Assert.Equal((Libc.UserId, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite), (file.Owner, file.Mode));
        Assert.Null(UntrustedFile.Open(_folder.File("none")));
        Assert.Null(UntrustedFile.Open(_folder.File("file/below")));
    }

    [Fact]
    public void ALongFileIsNotRead()
    {
        string path = _folder.File("long");
        using (FileStream file = File.Create(path))
            file.SetLength(1L << 40);
        Assert.Throws<InvalidDataException>(() => UntrustedFile.ReadAll(path, 1024));
    }

    /// <summary>Opening a pipe without a writer would wait without end.</summary>
    [Fact]
    public async Task ALinkAFolderAPipeAndADeviceAreRefusedAtOnce()
    {
        File.CreateSymbolicLink(_folder.File("link"), _folder.Write("file", "content"));
        Directory.CreateDirectory(_folder.File("folder"));
        using (Process made = Process.Start("mkfifo", _folder.File("pipe")))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        string[] others = [_folder.File("link"), _folder.File("folder"), _folder.File("pipe"), "/dev/zero"];
        Assert.All(others, path => Assert.Throws<InvalidDataException>(() => UntrustedFile.ReadAll(path, 1024)));
        Assert.All(others[..3], path => Assert.Throws<InvalidDataException>(() => UntrustedFile.Open(path, isToWrite: true)));
    }
}
