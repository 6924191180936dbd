namespace DoorAgent.Hardware.Badges;

/// <summary>Where a reader's text comes from, byte by byte.</summary>
internal interface ITextSource : IDisposable
{
    /// <summary>Waits for what comes next. One caller at a time; disposing ends the wait.</summary>
    /// <returns>How many bytes came; 0 when the source is gone.</returns>
    /// <exception cref="IOException">The source is gone.</exception>
    Task<int> ReadAsync(Memory<byte> into);
}
