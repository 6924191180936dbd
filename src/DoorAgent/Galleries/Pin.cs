using DoorAgent.Matching;

namespace DoorAgent.Galleries;

/// <summary>A PIN as somebody chooses it: 4 to 8 digits that are not among the first that a thief tries. It never prints.</summary>
internal sealed record Pin
{
    private Pin(string digits) => Digits = digits;

    /// <summary>A secret.</summary>
    public string Digits { get; }

    /// <summary>Reads a PIN.</summary>
    /// <exception cref="UserErrorException">It is none, or too easy; the message does not repeat it.</exception>
    public static Pin Parse(string text) => WhyNot(text) is { } why ? throw new UserErrorException(why) : new Pin(text);

    /// <summary>Why this text cannot be a PIN; null when it can.</summary>
    public static string? WhyNot(string text)
    {
        if (text.Length is < PersonPin.MinDigits or > PersonPin.MaxDigits || !text.All(char.IsAsciiDigit))
            return $"A PIN has {PersonPin.MinDigits} to {PersonPin.MaxDigits} digits and nothing else.";
        return IsRun(text) || Repeats(text, 1) || Repeats(text, 2)
            ? "That PIN is among the first that anybody tries (digits in a row, or one or two that repeat). Choose another."
            : null;
    }

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "a PIN";

    /// <summary>1234, 9876, and over the end of the keys: 8901.</summary>
    private static bool IsRun(string text)
    {
        int step = (text[1] - text[0] + 10) % 10;
        return step is 1 or 9 && Enumerable.Range(1, text.Length - 1).All(i => (text[i] - text[i - 1] + 10) % 10 == step);
    }

    private static bool Repeats(string text, int period) =>
        Enumerable.Range(period, text.Length - period).All(i => text[i] == text[i - period]);
}
