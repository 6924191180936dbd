using System.Security.Cryptography;
using System.Text;

namespace DoorAgent.Operating;

/// <summary>The sessions of the page. Only digests of their tokens are kept, in memory: a restart of the daemon ends every session.
/// A session ends after 30 minutes without activity, and 8 hours after its pairing at the latest. Thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class PageSessions(TimeProvider time)
{
    /// <summary>The most sessions at once; a further pairing ends the one that was idle longest.</summary>
    public const int Most = 16;

    /// <summary>How long a session lasts without activity.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>How long a session lasts at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    private const int TokenBytes = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Kept> _sessions = new(StringComparer.Ordinal);

    /// <summary>Begins a session.</summary>
    /// <returns>The session with its token, which is nowhere else.</returns>
    public PageSession Begin(PageRole role)
    {
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        lock (_gate)
        {
            RemoveEnded();
            if (_sessions.Count >= Most)
                _sessions.Remove(_sessions.MinBy(one => one.Value.LastActivity).Key);
            long now = time.GetTimestamp();
            Kept kept = new(role, now, now);
            _sessions[DigestOf(token)] = kept;
            return new PageSession(role, UntilOf(kept)) { Token = token };
        }
    }

    /// <summary>Finds a session.</summary>
    /// <param name="token">The token as the request has it.</param>
    /// <param name="isActivity">Whether the request is a sign of somebody at the page, which prolongs the session.</param>
    /// <returns>The session without its token; null where there is none, or it is over.</returns>
    public PageSession? Find(string token, bool isActivity)
    {
        lock (_gate)
        {
            RemoveEnded();
            string digest = DigestOf(token);
            if (!_sessions.TryGetValue(digest, out Kept? kept))
                return null;
            if (isActivity)
                _sessions[digest] = kept = kept with { LastActivity = time.GetTimestamp() };
            return new PageSession(kept.Role, UntilOf(kept));
        }
    }

    /// <summary>Ends a session.</summary>
    /// <returns>Whether there was one.</returns>
    public bool End(string token)
    {
        lock (_gate)
            return _sessions.Remove(DigestOf(token));
    }

    private void RemoveEnded()
    {
        foreach ((string digest, Kept kept) in _sessions.ToArray())
        {
            if (time.GetElapsedTime(kept.LastActivity) >= Idle || time.GetElapsedTime(kept.Begun) >= Longest)
                _sessions.Remove(digest);
        }
    }

    private DateTimeOffset UntilOf(Kept kept)
    {
        TimeSpan idle = Idle - time.GetElapsedTime(kept.LastActivity), whole = Longest - time.GetElapsedTime(kept.Begun);
        return time.GetLocalNow() + (idle < whole ? idle : whole);
    }

    // A digest leads to no token, so that neither a memory dump nor a comparison's time is of use.
    private static string DigestOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private sealed record Kept(PageRole Role, long Begun, long LastActivity);
}
