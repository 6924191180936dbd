namespace DoorAgent.Hardware.Doors;

/// <summary>The lock relay. Energised is unlocked.</summary>
public interface IRelay : IDisposable
{
    /// <summary>The relay lets go by itself after this long, whatever the caller does.</summary>
    static readonly TimeSpan Maximum = TimeSpan.FromSeconds(30);

    /// <summary>Whether no real lock hangs on it.</summary>
    bool IsSimulated { get; }

    /// <summary>Whether it is energised now.</summary>
    bool IsEnergised { get; }

    /// <summary>Energises it; it releases itself after the shorter of <paramref name="atMost"/> and <see cref="Maximum"/>.
    /// When energised already, the time runs anew, but never beyond <see cref="Maximum"/> since it was first energised.</summary>
    /// <exception cref="IOException">The line refused.</exception>
    void Energise(TimeSpan atMost);

    /// <summary>Releases it; does nothing when it is released already.</summary>
    /// <exception cref="IOException">The line refused.</exception>
    void Release();
}
