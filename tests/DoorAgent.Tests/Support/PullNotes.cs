using DoorAgent.Models;
using DoorAgent.Networks;

namespace DoorAgent.Tests.Support;

/// <summary>Receives the progress of a pull, and lets a test act at that moment.</summary>
internal sealed class PullNotes : IPullProgress
{
    public List<string> Said { get; } = [];

    public long Bytes { get; private set; }

    public Action<long>? WhenAdvanced { get; set; }

    public Action<string>? WhenWarned { get; set; }

    public void Started(CatalogueEntry entry, long bytes) => Bytes = bytes;

    public void Advanced(CatalogueEntry entry, long bytes)
    {
        Bytes = bytes;
        WhenAdvanced?.Invoke(bytes);
    }

    public void Warned(CatalogueEntry entry, string what)
    {
        Said.Add(what);
        WhenWarned?.Invoke(what);
    }
}
