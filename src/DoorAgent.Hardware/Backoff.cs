namespace DoorAgent.Hardware;

/// <summary>Waits that double from try to try: 1 s to 30 s.</summary>
internal sealed class Backoff
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = Shortest;

    /// <summary>How long to wait before the next try.</summary>
    public TimeSpan Next()
    {
        TimeSpan wait = _next;
        _next = wait * 2 < Longest ? wait * 2 : Longest;
        return wait;
    }

    /// <summary>All was well for a while: the next wait is the shortest again.</summary>
    public void Reset() => _next = Shortest;
}
