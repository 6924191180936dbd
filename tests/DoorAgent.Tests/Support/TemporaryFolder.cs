namespace DoorAgent.Tests.Support;

/// <summary>A folder of one test, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dooragent-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
