using DoorAgent.Models;
using DoorAgent.Networks;

namespace DoorAgent.Tests.Support;

/// <summary>Receives the progress of a pull, and lets a test act at that moment.</summary>
internal sealed class PullNotes : IPullListener
{
    public List<string> Said { get; } = [];

    public long Bytes { get; private set; }

    public Action<long>? WhenHas { get; set; }

    public Action<string>? WhenNoted { get; set; }

    public void Began(CatalogueEntry entry, long bytes) => Bytes = bytes;

    public void Has(CatalogueEntry entry, long bytes)
    {
        Bytes = bytes;
        WhenHas?.Invoke(bytes);
    }

    public void Noted(CatalogueEntry entry, string what)
    {
        Said.Add(what);
        WhenNoted?.Invoke(what);
    }
}
