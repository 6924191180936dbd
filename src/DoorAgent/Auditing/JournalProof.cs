namespace DoorAgent.Auditing;

/// <summary>What a verification of a journal showed.</summary>
/// <param name="Records">Number of the records.</param>
/// <param name="First">Number of the first record; 0 where there is none.</param>
/// <param name="Last">Number of the last record; 0 where there is none.</param>
/// <param name="Keys">The keys of the journal; none where it has no chain.</param>
/// <param name="Findings">What does not agree, in the order of the records.</param>
internal sealed record JournalProof(long Records, long First, long Last, IReadOnlyList<JournalKeyRow> Keys, IReadOnlyList<ProofFinding> Findings)
{
    /// <summary>Number of the checkpoints that are the door's.</summary>
    public int Checkpoints { get; init; }

    /// <summary>The last record that a checkpoint signs; 0 where none does.</summary>
    public long SignedUpTo { get; init; }

    /// <summary>What retention removed, with the door's signature.</summary>
    public IReadOnlyList<RemovedSegment> Removed { get; init; } = [];

    /// <summary>The head that the anchor has; null without an anchor.</summary>
    public JournalHead? Anchored { get; init; }

    /// <summary>By what the public keys are known to be the door's.</summary>
    public KeyTrust Trust { get; init; }

    /// <summary>Why records could not be verified one by one, as the end of a sentence; null where all could.</summary>
    public string? WithoutChain { get; init; }

    /// <summary>Whether the journal has a chain.</summary>
    public bool IsChained => Keys.Count > 0;

    /// <summary>Whether everything agrees.</summary>
    public bool IsWhole => IsChained && Findings.Count == 0;
}

/// <summary>By what a public key is known to be the door's.</summary>
internal enum KeyTrust
{
    /// <summary>By nothing: the key stands in the journal itself, and must be compared with the printed one.</summary>
    None,

    /// <summary>By a public key that was given.</summary>
    Given,

    /// <summary>By the door's own key.</summary>
    Door,
}
