using System.Security.Cryptography;
using DoorAgent.Sealing;

namespace DoorAgent.Auditing;

/// <summary>Which keys of a journal are the door's, by its own key, by a printed public key, or by the journal alone.</summary>
/// <param name="Public">The trusted public keys, by the id of the door's key.</param>
/// <param name="Chain">From which record on which chain key holds; null for a key that is not here.</param>
/// <param name="Trust">By what the keys are trusted.</param>
/// <param name="Findings">Keys that are not the door's.</param>
internal sealed record TrustedKeys(IReadOnlyDictionary<string, byte[]> Public, IReadOnlyList<(long Since, byte[]? Key)> Chain, KeyTrust Trust,
    IReadOnlyList<ProofFinding> Findings)
{
    /// <summary>Judges the keys of a journal.</summary>
    /// <param name="rows">The keys, the first first.</param>
    /// <param name="ring">The door's keys, as far as this process has them.</param>
    /// <param name="given">A public key that is known to be the door's; null for none.</param>
    public static TrustedKeys Of(IReadOnlyList<JournalKeyRow> rows, KeyRing ring, byte[]? given)
    {
        Dictionary<string, byte[]> trusted = [];
        List<(long, byte[]?)> chain = [];
        List<ProofFinding> findings = [];
        foreach (JournalKeyRow row in rows)
        {
            (byte[]? chainKey, bool isBroken) = Opened(row, ring);
            if (ring.Find(row.Key) is { } door)
            {
                using JournalSigner own = new(door);
                isBroken |= !own.PublicKey.AsSpan().SequenceEqual(row.PublicKey);
                (chainKey, trusted[row.Key]) = (RecordMac.KeyOf(door), own.PublicKey);
            }
            else if (chainKey is not null)
            {
                trusted[row.Key] = row.PublicKey;
            }

            if (isBroken)
                findings.Add(new ProofFinding(ProofFault.Key, row.Since, row.Since));
            chain.Add((row.Since, chainKey));
        }

        KeyTrust trust = trusted.Count > 0 ? KeyTrust.Door : given is not null ? KeyTrust.Given : KeyTrust.None;
        if (trust != KeyTrust.Door)
            findings.AddRange(TrustByPublicKey(rows, given, trusted));
        else if (rows[^1] is var newest && !trusted.ContainsKey(newest.Key) && findings.Count == 0)
            findings.Add(new ProofFinding(ProofFault.Key, newest.Since, newest.Since, $"it is the key {newest.Key}"));
        return new TrustedKeys(trusted, chain, trust, findings);
    }

    /// <summary>Opens a chain key, whose seal opens only for the public key that it was closed with.</summary>
    private static (byte[]? ChainKey, bool IsBroken) Opened(JournalKeyRow row, KeyRing ring)
    {
        try
        {
            return (row.ChainKey(ring), false);
        }
        catch (BrokenSealException)
        {
            return (null, true);
        }
    }

    /// <summary>Trusts the given key, or else the newest one, and the keys that a trusted one endorses.</summary>
    private static IEnumerable<ProofFinding> TrustByPublicKey(IReadOnlyList<JournalKeyRow> rows, byte[]? given, Dictionary<string, byte[]> trusted)
    {
        if (rows.Count == 0)
            yield break;
        int first = given is null ? rows.Count - 1 : rows.Index().LastOrDefault(row => row.Item.PublicKey.AsSpan().SequenceEqual(given), (-1, null!)).Index;
        if (first < 0)
        {
            yield return new ProofFinding(ProofFault.Key, rows[0].Since, rows[0].Since, "the given public key is none of the journal's");
            yield break;
        }

        trusted[rows[first].Key] = rows[first].PublicKey;
        foreach ((JournalKeyRow before, JournalKeyRow row) in rows.Skip(first).Zip(rows.Skip(first + 1)))
        {
            if (!IsEndorsed(row, before))
            {
                yield return new ProofFinding(ProofFault.Key, row.Since, row.Since, "the key before does not endorse it");
                yield break;
            }

            trusted[row.Key] = row.PublicKey;
        }
    }

    private static bool IsEndorsed(JournalKeyRow row, JournalKeyRow before)
    {
        if (row.Endorsement is not { } signature)
            return false;
        try
        {
            using JournalVerifier verifier = new(before.PublicKey);
            return verifier.IsSignatureOf(row.Statement, signature);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
