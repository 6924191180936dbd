using System.Text;
using System.Text.RegularExpressions;

namespace DoorAgent.People;

/// <summary>A person's name: 1 to 64 letters, digits, spaces and <c>. - ' _</c>, in Unicode's composed form (NFC).</summary>
internal sealed partial record PersonName
{
    private PersonName(string text) => Text = text;

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <summary>By which it is found, whatever its case.</summary>
    public string Key => KeyOf(Text);

    /// <summary>Reads a name.</summary>
    /// <exception cref="UserErrorException">It is not one.</exception>
    public static PersonName Parse(string text)
    {
        string name = Composed(text);
        return Form().IsMatch(name)
            ? new PersonName(name)
            : throw new UserErrorException($"'{(name.Length > 70 ? name[..70] + "..." : name)}' is not a name: it has 1 to 64 letters, digits, spaces or . - ' _, "
                + "a letter or digit among them, and does not begin with a dash or end with a space.");
    }

    /// <summary>The key of any text, for looking up.</summary>
    public static string KeyOf(string text) => Composed(text).ToUpperInvariant();

    private static string Composed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair cannot be composed; the form below refuses it in words.
            return text;
        }
    }

    [GeneratedRegex(@"\A(?=.{1,64}\z)(?=.*[\p{L}\p{Nd}])(?![ \-])[\p{L}\p{M}\p{Nd} .\-'_]+(?<! )\z")]
    private static partial Regex Form();
}
