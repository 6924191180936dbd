using System.Text;
using DoorAgent.Matching;

namespace DoorAgent.Galleries;

/// <summary>
/// A person's name: 1 to 64 letters and marks of any script, digits, spaces and joining characters (<see cref="NameCharacters"/>), in
/// Unicode's composed form (NFC).
/// </summary>
internal sealed record PersonName
{
    private const int MostShown = 70;

    private PersonName(string text) => Text = text;

    /// <summary>The name as entered.</summary>
    public string Text { get; }

    /// <summary>The key for looking up the name; case does not matter.</summary>
    public string Key => KeyOf(Text);

    /// <summary>Parses the name of a person to enrol.</summary>
    /// <exception cref="UserErrorException">The text is not a name, or could be mistaken for another name.</exception>
    public static PersonName Parse(string text)
    {
        PersonName name = Written(text);
        return MisleadingCharacters.Of(name.Text) is { } doubt
            ? throw new UserErrorException($"{Quoted(name.Text)} is not taken as a name: {doubt}.")
            : name;
    }

    /// <summary>Parses the name of a person who is already enrolled, perhaps by a program with weaker rules.</summary>
    /// <exception cref="UserErrorException">The text is not a name.</exception>
    public static PersonName Written(string text)
    {
        string name = Composed(text);
        return NameCharacters.WhyNot(name) is { } why
            ? throw new UserErrorException(
                $"{Quoted(name)} is not a name: {why}. A name has 1 to {NameCharacters.Longest} letters, digits, spaces or . - ' _")
            : new PersonName(name);
    }

    /// <summary>Returns the lookup key of any text.</summary>
    public static string KeyOf(string text) => Composed(text).ToUpperInvariant();

    /// <summary>Finds the name that is meant: the one with the same key, else the only one that looks like the text, because not every
    /// keyboard has an apostrophe or a joiner. Null when no name is meant.</summary>
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
            // Half a surrogate pair cannot be composed; the check of characters refuses such text.
            return text;
        }
    }
}
