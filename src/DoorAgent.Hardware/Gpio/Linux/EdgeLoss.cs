namespace DoorAgent.Hardware.Gpio.Linux;

/// <summary>Counts what was lost between two edges: what the kernel's buffer could not keep, and what our queue could not.</summary>
internal struct EdgeLoss
{
    private uint _sequence;
    private long _dropped;

    /// <param name="sequence">The kernel's count of this request's edges, from 1; it turns over.</param>
    /// <param name="dropped">How many edges our queue has dropped so far.</param>
    /// <returns>How many edges were lost since the one before.</returns>
    public int Before(uint sequence, long dropped)
    {
        long lost = unchecked(sequence - _sequence - 1) + (dropped - _dropped);
        (_sequence, _dropped) = (sequence, dropped);
        return (int)Math.Min(lost, int.MaxValue);
    }
}
