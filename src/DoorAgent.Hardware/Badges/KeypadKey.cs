namespace DoorAgent.Hardware.Badges;

/// <summary>A key of the reader's keypad: 0 to 9, * or #. It may be part of a PIN and never prints.</summary>
public readonly record struct KeypadKey
{
    private const string Keys = "0123456789*#";

    private KeypadKey(char symbol) => Symbol = symbol;

    /// <summary>What stands on it: a secret, not for logs.</summary>
    public char Symbol { get; }

    /// <summary>*: what has been typed is forgotten.</summary>
    public bool IsClear => Symbol == '*';

    /// <summary>#: what has been typed is meant.</summary>
    public bool IsEnter => Symbol == '#';

    /// <summary>The key with this on it.</summary>
    /// <exception cref="FormatException">No keypad has it.</exception>
    public static KeypadKey Of(char symbol) => Keys.Contains(symbol, StringComparison.Ordinal)
        ? new KeypadKey(symbol)
        : throw new FormatException("That is not a key of a keypad: 0 to 9, * and # are.");

    /// <summary>The key that a keypad sends as this number: 0 to 9, 10 for *, 11 for #; null for others.</summary>
    public static KeypadKey? OfCode(int code) => code >= 0 && code < Keys.Length ? new KeypadKey(Keys[code]) : null;

    /// <summary>As which number a keypad sends it, 0 to 11.</summary>
    public int Code => Keys.IndexOf(Symbol, StringComparison.Ordinal);

    /// <summary>Nothing of the key.</summary>
    public override string ToString() => "a key";
}
