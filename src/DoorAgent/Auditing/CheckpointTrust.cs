namespace DoorAgent.Auditing;

/// <summary>Which checkpoints of a journal the door signed.</summary>
/// <param name="Trusted">The checkpoints that a trusted key signed, or that a trusted checkpoint names, in their order.</param>
/// <param name="Findings">Those that are missing or not the door's.</param>
internal sealed record CheckpointTrust(IReadOnlyList<Checkpoint> Trusted, IReadOnlyList<ProofFinding> Findings)
{
    /// <summary>Judges the checkpoints. Each names the one before, so that the newest one proves all: also those under a key that is
    /// lost.</summary>
    /// <param name="all">The checkpoints of the file, in their order.</param>
    /// <param name="keys">The trusted public keys, by the id of the door's key.</param>
    public static CheckpointTrust Of(IReadOnlyList<Checkpoint> all, IReadOnlyDictionary<string, byte[]> keys)
    {
        Dictionary<string, JournalVerifier> verifiers = JournalVerifier.Of(keys);
        List<Checkpoint> trusted = [];
        List<ProofFinding> findings = [];
        byte[]? named = null;
        long next = 0;
        bool isBroken = false;
        for (int i = all.Count - 1; i >= 0; i--)
        {
            Checkpoint one = all[i];
            bool isSigned = verifiers.TryGetValue(one.Key, out JournalVerifier? key) && key.IsSignatureOf(one.Statement, one.Signature);
            bool isNamed = named is not null && named.AsSpan().SequenceEqual(one.Identity);
            if (key is null ? !isNamed : !isSigned)
                findings.Add(new ProofFinding(ProofFault.Checkpoint, one.First, one.Last));
            else if (named is not null && !isNamed && !isBroken)
                findings.Add(next > one.Last + 1
                    ? new ProofFinding(ProofFault.Checkpoint, one.Last + 1, next - 1, "it is missing")
                    : new ProofFinding(ProofFault.Checkpoint, one.First, one.Last, "the next one names another"));
            isBroken = !isSigned && !isNamed;
            if (isBroken)
                continue;
            trusted.Add(one);
            (named, next) = (one.Previous, one.First);
        }

        trusted.Reverse();
        if (!isBroken && named?.Any(part => part != 0) == true)
            findings.Add(new ProofFinding(ProofFault.Checkpoint, 1, next - 1, "it is missing"));
        foreach (JournalVerifier verifier in verifiers.Values)
            verifier.Dispose();
        return new CheckpointTrust(trusted, findings);
    }
}
