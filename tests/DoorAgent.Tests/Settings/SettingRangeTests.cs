using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.RegularExpressions;
using DoorAgent.Hardware.Settings;
using DoorAgent.Settings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Settings;

/// <summary>Every setting as the guide's page of the configuration states it: its default, and both ends of its range.</summary>
public sealed partial class SettingRangeTests
{
    private static readonly Dictionary<string, (string Allowed, string Default)> Page = RowOf()
        .Matches(Repository.Guide("configuration.md"))
        .ToDictionary(row => row.Groups["key"].Value, row => (row.Groups["allowed"].Value, row.Groups["default"].Value));

    public static TheoryData<string> All => [.. Settings.Select(setting => setting.Key)];

    public static TheoryData<string> Numbers => [.. OfNumbers.Where(key => !IsList(key))];

    public static TheoryData<string> Lists => [.. OfNumbers.Where(IsList)];

    private static IEnumerable<string> OfNumbers => Settings.Where(setting => IsNumber(setting.Property)).Select(setting => setting.Key);

    private static IEnumerable<(string Key, Type Options, PropertyInfo Property)> Settings => KnownKeys.OptionTypes.SelectMany(type => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0)
        .Select(property => ($"{KnownKeys.SectionOf(type)}:{property.Name}", type, property)));

    [Theory]
    [MemberData(nameof(All))]
    public void TheDefaultIsTheOneOfThePage(string key)
    {
        (Type options, PropertyInfo property) = Find(key);
        object? value = property.GetValue(Activator.CreateInstance(options));
        string text = Page[key].Default;
        if (IsNumber(property) && value is not null)
            Assert.Equal(Written(text, property), value);
        else if (value is bool or string or Enum)
            Assert.Equal(SettingText.Of(value), text);
        else
            Assert.NotEqual("", text);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void EveryListedNumberIsAcceptedAndTheNextOneIsNot(string key)
    {
        (_, PropertyInfo property) = Find(key);
        foreach (string value in Page[key].Allowed.Split(", "))
        {
            object number = Written(value, property)!;
            Assert.Empty(Broken(key, number));
            Assert.NotEmpty(Broken(key, Next(number, isUp: true)));
            Assert.NotEmpty(Broken(key, Next(number, isUp: false)));
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void BothEndsOfTheRangeAreAcceptedAndWhatIsBeyondIsNot(string key)
    {
        Match range = RangeOf().Match(Page[key].Allowed);
        Assert.True(range.Success, $"The page allows {key} '{Page[key].Allowed}'; a number has a range in the form '1 s to 30 s'.");
        (_, PropertyInfo property) = Find(key);
        object min = Written(range.Groups["min"].Value, property)!, max = Written(range.Groups["max"].Value, property)!;
        if (range.Groups["open"].Success)
            AssertEnd(key, Next(min, isUp: true), min);
        else
            AssertEnd(key, min, Next(min, isUp: false));
        AssertEnd(key, max, Next(max, isUp: true));
    }

    /// <summary>One step beyond the end breaks a rule that the end itself keeps. (Rules between settings may refuse the end too.)</summary>
    private static void AssertEnd(string key, object end, object beyond) =>
        Assert.True(Broken(key, beyond).Except(Broken(key, end)).Any(), $"{key}: {end} is refused or {beyond} is not.");

    private static IEnumerable<string> Broken(string key, object value)
    {
        (Type type, PropertyInfo property) = Find(key);
        ICheckedOptions options = (ICheckedOptions)Activator.CreateInstance(type)!;
        property.SetValue(options, value);
        return OptionErrors.Of(options, KnownKeys.SectionOf(type))
            .Where(message => message.StartsWith($"{key} is ", StringComparison.Ordinal))
            .Select(message => AllowedOf().Match(message).Value);
    }

    private static object Next(object end, bool isUp) => end switch
    {
        int number => isUp ? number + 1 : number - 1,
        double number => isUp ? Math.BitIncrement(number) : Math.BitDecrement(number),
        TimeSpan time => time + TimeSpan.FromTicks(isUp ? 1 : -1),
        _ => throw new ArgumentException($"Nobody knows what follows {end}.", nameof(end)),
    };

    /// <summary>Whether the page lists the only values of a setting, and states no range.</summary>
    private static bool IsList(string key) =>
        Page[key].Allowed.Contains(", ", StringComparison.Ordinal) && !RangeOf().IsMatch(Page[key].Allowed);

    private static object? Written(string text, PropertyInfo property)
    {
        if (text == "none")
            return null;
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Assert.True(SettingForm.TryNormalise(type, text, out string? normalised), $"'{text}' is not a {type.Name}.");
        return type == typeof(TimeSpan) ? TimeSpan.Parse(normalised, CultureInfo.InvariantCulture)
            : Convert.ChangeType(normalised, type, CultureInfo.InvariantCulture);
    }

    private static (Type Options, PropertyInfo Property) Find(string key)
    {
        (_, Type options, PropertyInfo property) = Settings.Single(setting => setting.Key == key);
        return (options, property);
    }

    private static bool IsNumber(PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(TimeSpan) || (!type.IsEnum && type.GetInterfaces()
            .Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(INumber<>)));
    }

    [GeneratedRegex(@"^\| `(?<key>\w+:\w+)` \| [^|]+ \| (?<allowed>[^|]*) \| (?<default>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex RowOf();

    [GeneratedRegex("; allowed: .*")]
    private static partial Regex AllowedOf();

    [GeneratedRegex(@"^(?<open>above )?(?<min>[0-9][0-9.e-]*(?: [a-z]+)?)(?:, up)? to (?<max>[0-9][0-9.e-]*(?: [a-z]+)?)(?::|$)")]
    private static partial Regex RangeOf();
}
