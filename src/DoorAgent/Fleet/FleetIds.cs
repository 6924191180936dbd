using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace DoorAgent.Fleet;

/// <summary>The names in a fleet. Names of groups and doors are tokens of the hub's subjects, so that they have small letters, digits and
/// hyphens only; a person's id says nothing about the person.</summary>
internal static partial class FleetIds
{
    /// <summary>What a name of a group or door must be, as part of a sentence.</summary>
    public const string NameRule = "1 to 32 small letters, digits and hyphens, and begins with a letter or digit";

    private const int PersonBytes = 16;

    /// <summary>Whether a text can be the name of a group or a door.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>Whether a text can be the id of a person: 32 hexadecimal digits.</summary>
    public static bool IsPerson(string text) => Person().IsMatch(text);

    /// <summary>Draws the id of a new person.</summary>
    public static string NewPerson() => RandomNumberGenerator.GetHexString(2 * PersonBytes, lowercase: true);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,31}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[0-9a-f]{32}\z")]
    private static partial Regex Person();
}
