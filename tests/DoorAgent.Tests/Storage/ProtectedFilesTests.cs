using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Storage;

public sealed class ProtectedFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("data/gallery.db", "gallery")]
    [InlineData("data/gallery.db-wal", "gallery")]
    [InlineData("data/../data/gallery.db", "gallery")]
    [InlineData("link/gallery.db", "gallery")]
    [InlineData("link/gallery.db-journal", "gallery")]
    [InlineData("soft.zip", "gallery")]
    [InlineData("data/journal.db", "journal")]
    [InlineData("data/operator.sock", "operator's socket")]
    [InlineData("models/a.onnx", "network")]
    [InlineData("door.json", "configuration")]
    public void NoOutputOverwritesAFileThatTheDoorNeeds(string output, string kind)
    {
        string refusal = Assert.Throws<UserErrorException>(() => EnsureNotOverwritten(output)).Message;
        Assert.Contains($"is this door's own {kind} and would be lost", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data/people.zip")]
    [InlineData("data/doctor.jpg")]
    [InlineData("gallery.db")]
    [InlineData("nowhere/gallery.db")]
    public void AnyOtherFileMayBeWritten(string output) => EnsureNotOverwritten(output);

    private void EnsureNotOverwritten(string output)
    {
        Directory.CreateDirectory(_folder.File("data"));
        Directory.CreateDirectory(_folder.File("models"));
        _folder.Write("data/gallery.db", "");
        _folder.Write("models/a.onnx", "");
        _folder.Write("door.json", "");
        File.CreateSymbolicLink(_folder.File("soft.zip"), _folder.File("data/gallery.db"));
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.File("data"));
        Places places = new(_folder.File("data"), [_folder.File("models"), _folder.File("none")]);
        ProtectedFiles.EnsureNotOverwritten(_folder.File(output), places, _folder.File("door.json"));
    }
}
