namespace DoorAgent.Tests.Support;

/// <summary>A folder that is deleted after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dooragent-test-");

    public string Path => _directory.FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    /// <summary>Deletes the folder, and the key that a command kept beside the folder when this was its data directory.</summary>
    public void Dispose()
    {
        _directory.Delete(recursive: true);
        foreach (string key in new[] { "", ".new", ".exported" })
            System.IO.File.Delete($"{Path}.key{key}");
    }
}
