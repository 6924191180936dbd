using System.Globalization;

namespace DoorAgent.Auditing;

/// <summary>What a journal's proof does not agree with, and between which records.</summary>
/// <param name="Fault">What was done.</param>
/// <param name="First">The first record.</param>
/// <param name="Last">The last record.</param>
/// <param name="More">More, for people; null where the fault says everything.</param>
internal sealed record ProofFinding(ProofFault Fault, long First, long Last, string? More = null)
{
    /// <summary>The finding as a sentence without its full stop.</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture, $"""
        {(Fault == ProofFault.Exchanged ? $"records {First} and {Last}" : First == Last ? $"record {First}" : $"records {First} to {Last}")}: {Does}{
            (More is null ? "" : $" ({More})")}
        """);

    private string Does => Fault switch
    {
        ProofFault.Changed => "changed",
        ProofFault.Missing => "missing",
        ProofFault.Inserted => "inserted",
        ProofFault.Exchanged => "exchanged with each other",
        ProofFault.Unproven => "without proof",
        ProofFault.CutOff => "missing at the end: the journal was cut off, or is an older copy",
        ProofFault.Replaced => "an older copy of the journal was put in its place, and the door went on with it",
        ProofFault.Checkpoint => "the checkpoint is not the one that the door signed",
        ProofFault.Removed => "removed, and not by the door",
        ProofFault.Key => "the key from here on is not the door's",
        ProofFault.Name => "the name beside the records is not the one that the door wrote",
        ProofFault.Gallery => "the gallery that was loaded then is missing among the used ones",
        _ => throw new ArgumentOutOfRangeException(nameof(Fault), Fault, "This fault has no words."),
    };
}

/// <summary>What was done to a journal; the names are those of <c>log verify --json</c>.</summary>
internal enum ProofFault
{
    /// <summary>The content of a record, or its mac.</summary>
    Changed,

    /// <summary>Records between others are gone.</summary>
    Missing,

    /// <summary>Another program added records.</summary>
    Inserted,

    /// <summary>Two records have each other's content.</summary>
    Exchanged,

    /// <summary>Records have no mac: written while the door had no key, or by another program.</summary>
    Unproven,

    /// <summary>The end is gone.</summary>
    CutOff,

    /// <summary>The anchor knows another record with this number.</summary>
    Replaced,

    /// <summary>A checkpoint is missing, was changed or was made by another program.</summary>
    Checkpoint,

    /// <summary>Records were removed without the door's signature.</summary>
    Removed,

    /// <summary>A key in the journal is not the door's.</summary>
    Key,

    /// <summary>A name beside the records.</summary>
    Name,

    /// <summary>The row of the newest used gallery is gone, by which an older gallery is noticed.</summary>
    Gallery,
}
