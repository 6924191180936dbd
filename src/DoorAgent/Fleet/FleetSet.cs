using System.Security.Cryptography;
using System.Text;

namespace DoorAgent.Fleet;

/// <summary>The set of a group's people at one serial. Office and doors compare digests: two sets with one digest have the same people in
/// the same state.</summary>
internal static class FleetSet
{
    /// <summary>Returns the digest of a set: SHA-256, in lower-case hexadecimal, of the lines <c>id serial\n</c> in ordinal order of the
    /// ids.</summary>
    /// <param name="people">Id of each person and serial of their record, in any order; each id once.</param>
    public static string Digest(IEnumerable<(string Id, long Serial)> people)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> line = stackalloc byte[64];
        foreach ((string id, long serial) in people.OrderBy(person => person.Id, StringComparer.Ordinal))
        {
            int length = Encoding.ASCII.GetBytes(FormattableString.Invariant($"{id} {serial}\n"), line);
            hash.AppendData(line[..length]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
