using System.Runtime.InteropServices;
using System.Text;
using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Hardware.Tests.Cameras;

/// <summary>Tests for everything that a folder can contain under the name of a picture.</summary>
public sealed class RegularFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFileIsReadDirectlyAndThroughALink()
    {
        string file = _folder.Write("a.jpg", "abc");
        File.CreateSymbolicLink(_folder.File("link.jpg"), file);
        Assert.Equal("abc"u8.ToArray(), RegularFile.ReadAll(file, 3));
        Assert.Equal("abc"u8.ToArray(), RegularFile.ReadAll(_folder.File("link.jpg"), 3));
    }

    [Fact]
    public void ALinkToALargeFileIsLarge()
    {
        File.CreateSymbolicLink(_folder.File("link.jpg"), _folder.Write("a.jpg", new string('a', 101)));
        Refuses<InvalidDataException>("link.jpg", "too many");
    }

    [Fact]
    public void APipeIsRefusedWithoutWaiting()
    {
        Assert.Equal(0, mkfifo(Bytes(_folder.File("pipe.jpg")), 0x180));
        Refuses<InvalidDataException>("pipe.jpg", "a pipe or a device");
    }

    [Fact]
    public void ADeviceIsRefusedEvenThroughALink()
    {
        File.CreateSymbolicLink(_folder.File("zero.jpg"), "/dev/zero");
        Refuses<InvalidDataException>("zero.jpg", "a pipe or a device");
    }

    [Fact]
    public void AFolderIsRefused()
    {
        Directory.CreateDirectory(_folder.File("dir.jpg"));
        Refuses<InvalidDataException>("dir.jpg", "a folder");
    }

    [Fact]
    public void AnAbsentFileIsAnIoFault() => Refuses<FileNotFoundException>("gone.jpg", "the file does not exist");

    [Fact]
    public void ADanglingLinkIsReportedWithItsTarget()
    {
        File.CreateSymbolicLink(_folder.File("link.jpg"), "/nowhere/a.jpg");
        Refuses<FileNotFoundException>("link.jpg", "the link's target /nowhere/a.jpg does not exist");
    }

    [Fact]
    public void ALinkToItselfIsAnIoFault()
    {
        File.CreateSymbolicLink(_folder.File("loop.jpg"), "loop.jpg");
        Assert.ThrowsAny<IOException>(() => RegularFile.ReadAll(_folder.File("loop.jpg"), 100));
    }

    [Fact]
    public void ANameThatIsNotUtf8IsReported()
    {
        // Jos\xE9.jpg in Latin-1; .NET lists the file with a replacement character and cannot open that name.
        byte[] path = [.. Encoding.UTF8.GetBytes(_folder.File("Jos")), 0xE9, .. ".jpg\0"u8];
        int descriptor = creat(path, 0x180);
        Assert.True(descriptor >= 0);
        Assert.Equal(0, close(descriptor));
        string listed = Assert.Single(PictureFile.In(_folder.Path));
        Assert.Contains("the name is not UTF-8",
            Assert.Throws<FileNotFoundException>(() => RegularFile.ReadAll(listed, 100)).Message, StringComparison.Ordinal);
        Assert.Equal(0, unlink(path));
    }

    private void Refuses<T>(string name, string words) where T : Exception
    {
        string message = Assert.Throws<T>(() => RegularFile.ReadAll(_folder.File(name), 100)).Message;
        Assert.StartsWith($"{_folder.File(name)}: ", message, StringComparison.Ordinal);
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc")]
    private static extern int mkfifo(byte[] path, uint mode);

    [DllImport("libc")]
    private static extern int creat(byte[] path, uint mode);

    [DllImport("libc")]
    private static extern int close(int descriptor);

    [DllImport("libc")]
    private static extern int unlink(byte[] path);
}
