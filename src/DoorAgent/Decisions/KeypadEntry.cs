using DoorAgent.Hardware.Badges;

namespace DoorAgent.Decisions;

/// <summary>The digits typed so far: # ends them, * or a long pause clears them. Pure; times are monotonic. They may be a PIN and never
/// print.</summary>
internal sealed record KeypadEntry
{
    /// <summary>Maximum number of digits, more than any badge number has; of a longer entry only the fact is kept.</summary>
    public const int MaxDigits = 20;

    public static KeypadEntry Empty { get; } = new();

    /// <summary>The typed digits: a secret.</summary>
    public string Digits { get; private init; } = "";

    public bool IsTooLong { get; private init; }

    /// <summary>Whether no key has been pressed.</summary>
    public bool IsNew => LastKey == TimeSpan.MinValue;

    private TimeSpan LastKey { get; init; } = TimeSpan.MinValue;

    /// <summary>Returns the entry, or an empty one after the timeout.</summary>
    public KeypadEntry At(TimeSpan now, TimeSpan keyTimeout) => IsNew || now - LastKey <= keyTimeout ? this : Empty;

    /// <summary>Returns an entry without digits that knows when the last key was pressed.</summary>
    public static KeypadEntry Cleared(TimeSpan at) => Empty with { LastKey = at };

    /// <summary>Returns the entry with one more key, which is not #.</summary>
    public KeypadEntry Press(KeypadKey key, TimeSpan at)
    {
        if (key.IsClear)
            return Cleared(at);
        return Digits.Length < MaxDigits
            ? this with { Digits = Digits + key.Symbol, LastKey = at }
            : this with { IsTooLong = true, LastKey = at };
    }

    /// <summary>Returns the number of digits and nothing else.</summary>
    public override string ToString() => $"{Digits.Length} digits";
}
