namespace DoorAgent.Hardware;

/// <summary>Computes waits between attempts that double from 1 s to 30 s.</summary>
internal sealed class Backoff
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = Shortest;

    /// <summary>Returns the wait before the next attempt.</summary>
    public TimeSpan Next()
    {
        TimeSpan wait = _next;
        _next = wait * 2 < Longest ? wait * 2 : Longest;
        return wait;
    }

    /// <summary>Starts again with the shortest wait.</summary>
    public void Reset() => _next = Shortest;
}
