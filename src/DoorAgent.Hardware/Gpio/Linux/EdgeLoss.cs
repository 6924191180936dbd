namespace DoorAgent.Hardware.Gpio.Linux;

/// <summary>Counts the edges that were lost between two edges because the kernel's buffer or the queue was full.</summary>
internal struct EdgeLoss
{
    private uint _sequence;
    private long _dropped;

    /// <param name="sequence">The kernel's count of this request's edges, from 1, with overflow to 0.</param>
    /// <param name="dropped">The number of edges that the queue has dropped so far.</param>
    /// <returns>The number of edges lost since the previous edge.</returns>
    public int Before(uint sequence, long dropped)
    {
        long lost = unchecked(sequence - _sequence - 1) + (dropped - _dropped);
        (_sequence, _dropped) = (sequence, dropped);
        return (int)Math.Min(lost, int.MaxValue);
    }
}
