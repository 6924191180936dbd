using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.RegularExpressions;
using DoorAgent.Hardware.Settings;
using DoorAgent.Settings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Settings;

/// <summary>Every setting as the guide's configuration.md states it: its default, and both ends of its range.</summary>
public sealed partial class SettingRangeTests
{
    private static readonly Dictionary<string, string> Reference = RowOf()
        .Matches(Repository.Guide("configuration.md").Split("| key | meaning, range, default |")[1])
        .ToDictionary(row => row.Groups["key"].Value, row => row.Groups["text"].Value);

    public static TheoryData<string> All => [.. Settings.Select(setting => setting.Key)];

    public static TheoryData<string> Numbers => [.. Settings.Where(setting => IsNumber(setting.Property) && List(setting.Key) is null).Select(setting => setting.Key)];

    private static IEnumerable<(string Key, Type Options, PropertyInfo Property)> Settings => KnownKeys.OptionTypes.SelectMany(type => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0)
        .Select(property => ($"{KnownKeys.SectionOf(type)}:{property.Name}", type, property)));

    [Theory]
    [MemberData(nameof(All))]
    public void TheDefaultIsTheOneOfTheReference(string key)
    {
        (Type options, PropertyInfo property) = Find(key);
        object? value = property.GetValue(Activator.CreateInstance(options));
        string text = Reference[key];
        if (IsNumber(property))
            Assert.Equal(Written((List(key) ?? Range(key)).Groups["default"].Value, property), value);
        else if (value is bool or string or Enum)
            Assert.Matches(Words(value), text);
        else
            Assert.DoesNotMatch(@"\(default", text);
    }

    [Fact]
    public void OfANumberThatIsOneOfAListEachIsAcceptedAndTheNextOneIsNot()
    {
        foreach ((string key, _, PropertyInfo property) in Settings.Where(setting => IsNumber(setting.Property) && List(setting.Key) is not null))
        {
            foreach (Capture value in List(key)!.Groups["value"].Captures)
            {
                object number = Written(value.Value, property)!;
                Assert.Empty(Broken(key, number));
                Assert.NotEmpty(Broken(key, Next(number, isUp: true)));
                Assert.NotEmpty(Broken(key, Next(number, isUp: false)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void BothEndsOfTheRangeAreAcceptedAndWhatIsBeyondIsNot(string key)
    {
        Match range = Range(key);
        (_, PropertyInfo property) = Find(key);
        object min = Written(range.Groups["min"].Value, property)!, max = Written(range.Groups["max"].Value, property)!;
        if (range.Groups["open"].Success)
            AssertEnd(key, Next(min, isUp: true), min);
        else
            AssertEnd(key, min, Next(min, isUp: false));
        AssertEnd(key, max, Next(max, isUp: true));
    }

    /// <summary>One step beyond the end breaks a rule that the end itself keeps. (Rules between settings may refuse the end, and then both.)</summary>
    private static void AssertEnd(string key, object end, object beyond) =>
        Assert.True(Broken(key, beyond).Except(Broken(key, end)).Any(), $"{key}: {end} is refused or {beyond} is not.");

    private static IEnumerable<string> Broken(string key, object value)
    {
        (Type type, PropertyInfo property) = Find(key);
        ICheckedOptions options = (ICheckedOptions)Activator.CreateInstance(type)!;
        property.SetValue(options, value);
        OptionErrors errors = new(KnownKeys.SectionOf(type));
        options.Check(errors);
        return errors.Messages.Where(message => message.StartsWith($"{key} is ", StringComparison.Ordinal)).Select(message => AllowedOf().Match(message).Value);
    }

    private static object Next(object end, bool isUp) => end switch
    {
        int number => isUp ? number + 1 : number - 1,
        double number => isUp ? Math.BitIncrement(number) : Math.BitDecrement(number),
        TimeSpan time => time + TimeSpan.FromTicks(isUp ? 1 : -1),
        _ => throw new ArgumentException($"Nobody knows what follows {end}.", nameof(end)),
    };

    /// <summary>The only values of a setting, where the reference lists them; null where it states a range.</summary>
    private static Match? List(string key) => ListOf().Match(Reference[key]) is { Success: true } list ? list : null;

    private static Match Range(string key)
    {
        Match range = RangeOf().Match(Reference[key]);
        Assert.True(range.Success, $"configuration.md states {key} as '{Reference[key]}'; a number has its range and default in the form '1 to 30 s, default 5 s'.");
        return range;
    }

    /// <summary>A value as the reference writes it: a number that has no unit has that of the one behind it.</summary>
    private static object? Written(string text, PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        text = text.Replace(",", "", StringComparison.Ordinal).TrimEnd('.');
        if (text == "none")
            return null;
        if (type == typeof(TimeSpan) && !char.IsLetter(text[^1]))
            text += " " + UnitOf().Match(Range($"{property.DeclaringType!.GetProperty(nameof(ICheckedOptions.Section))!.GetValue(null)}:{property.Name}").Groups["max"].Value).Value;
        Assert.True(SettingForm.TryNormalise(type, text, out string? normalised), $"'{text}' is not a {type.Name}.");
        return type == typeof(TimeSpan) ? TimeSpan.Parse(normalised, CultureInfo.InvariantCulture) : Convert.ChangeType(normalised, type, CultureInfo.InvariantCulture);
    }

    /// <summary>The two ways in which the reference says which word is the default: "off (default)" and "default off".</summary>
    private static string Words(object value)
    {
        string word = Regex.Escape(value is bool isOn ? (isOn ? "true" : "false") : SettingText.Of(value));
        return $@"\b{word} \(default\b|\b[Dd]efault {word}\b";
    }

    private static (Type Options, PropertyInfo Property) Find(string key)
    {
        (_, Type options, PropertyInfo property) = Settings.Single(setting => setting.Key == key);
        return (options, property);
    }

    private static bool IsNumber(PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(TimeSpan) || (!type.IsEnum && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(INumber<>)));
    }

    [GeneratedRegex(@"^\| `(?<key>[A-Za-z0-9]+:[A-Za-z0-9]+)` \| (?<text>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex RowOf();

    [GeneratedRegex("(?:(?<value>[0-9]+), )*(?<value>[0-9]+) or (?<value>[0-9]+); default (?<default>[0-9]+)")]
    private static partial Regex ListOf();

    [GeneratedRegex("; allowed: .*")]
    private static partial Regex AllowedOf();

    [GeneratedRegex(@"(?<open>above )?(?<min>[0-9][0-9.,e-]*(?: (?:ms|s|min|h|d)\b)?) to (?<max>[0-9][0-9.,e-]*(?: (?:ms|s|min|h|d)\b)?)(?: [a-z ]+)?, default (?<default>none|[0-9][0-9.,e-]*(?: (?:ms|s|min|h|d)\b)?)")]
    private static partial Regex RangeOf();

    [GeneratedRegex("[a-z]+$")]
    private static partial Regex UnitOf();
}
