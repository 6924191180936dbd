using System.Text;
using DoorAgent.Matching;

namespace DoorAgent.Galleries;

/// <summary>
/// A person's name: 1 to 64 letters and marks of any script, digits, spaces and what joins them (<see cref="NameCharacters"/>), in
/// Unicode's composed form (NFC).
/// </summary>
internal sealed record PersonName
{
    private const int MostShown = 70;

    private PersonName(string text) => Text = text;

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <summary>By which it is found, whatever its case.</summary>
    public string Key => KeyOf(Text);

    /// <summary>Reads a name to enrol.</summary>
    /// <exception cref="UserErrorException">It is not one, or would be taken for another.</exception>
    public static PersonName Parse(string text)
    {
        PersonName name = Written(text);
        return NameDoubts.Of(name.Text) is { } doubt ? throw new UserErrorException($"{Quoted(name.Text)} is not taken as a name: {doubt}.") : name;
    }

    /// <summary>Reads the name of somebody who is enrolled already, perhaps by a program that asked for less.</summary>
    /// <exception cref="UserErrorException">It is not one.</exception>
    public static PersonName Written(string text)
    {
        string name = Composed(text);
        return NameCharacters.WhyNot(name) is { } why
            ? throw new UserErrorException($"{Quoted(name)} is not a name: {why}. It is written with 1 to {NameCharacters.Longest} letters, digits, spaces or . - ' _")
            : new PersonName(name);
    }

    /// <summary>The key of any text, for looking up.</summary>
    public static string KeyOf(string text) => Composed(text).ToUpperInvariant();

    /// <summary>Which of these names is meant: the one with the same key; else the only one that looks like it, for an apostrophe or a
    /// joiner is not on every keyboard. Null when none is.</summary>
    public static string? Find(string text, IReadOnlyCollection<string> names)
    {
        string key = KeyOf(text);
        if (names.FirstOrDefault(name => KeyOf(name) == key) is { } same)
            return same;
        NameSkeleton look = NameSkeleton.Of(text);
        string[] alike = [.. names.Where(name => look.IsConfusableWith(NameSkeleton.Of(name))).Take(2)];
        return alike is [var one] ? one : null;
    }

    private static string Quoted(string name) => $"'{(name.Length > MostShown ? name[..MostShown] + "..." : name)}'";

    private static string Composed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair cannot be composed; it is refused in words as what no name has.
            return text;
        }
    }
}
