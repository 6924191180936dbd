namespace DoorAgent.Hardware.Doors;

/// <summary>The lock relay. Energised is unlocked.</summary>
public interface IRelay : IDisposable
{
    /// <summary>The relay releases itself after this time, whatever the caller does. The time begins with the first
    /// <see cref="Energise"/>, or with the last <see cref="Hold"/>.</summary>
    static readonly TimeSpan Maximum = TimeSpan.FromSeconds(30);

    /// <summary>Whether the relay is simulated, without a real lock.</summary>
    bool IsSimulated { get; }

    /// <summary>Whether the relay is energised now.</summary>
    bool IsEnergised { get; }

    /// <summary>Energises the relay, which releases itself after the shorter of <paramref name="atMost"/> and <see cref="Maximum"/>.
    /// When the relay is already energised the time restarts, but never exceeds <see cref="Maximum"/> from the first call, or from the last <see cref="Hold"/>.</summary>
    /// <exception cref="IOException">The line cannot be set.</exception>
    void Energise(TimeSpan atMost);

    /// <summary>Energises the relay for <see cref="Maximum"/> from now on, also where the relay is energised already: a door that is held
    /// unlocked calls this method again and again, and the relay releases itself when the calls stop.</summary>
    /// <exception cref="IOException">The line cannot be set.</exception>
    void Hold();

    /// <summary>Releases the relay; does nothing when the relay is already released.</summary>
    /// <exception cref="IOException">The line cannot be set.</exception>
    void Release();
}
