using System.Collections;
using System.Reflection;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Settings;

/// <summary>The key of a setting, from an options class.</summary>
/// <param name="Pattern">Section:Key, with * for any name or index.</param>
/// <param name="Type">The type of the value.</param>
internal readonly record struct KnownKey(string Pattern, Type Type);

/// <summary>Lists every setting, read from the options classes themselves.</summary>
internal static class KnownKeys
{
    /// <summary>Serilog reads this section itself; <see cref="SerilogCheck"/> checks the section first.</summary>
    public const string SerilogSection = "Serilog";

    /// <summary>The options classes of this program.</summary>
    public static IReadOnlyList<Type> OptionTypes { get; } =
    [
        .. new[] { typeof(KnownKeys).Assembly, typeof(ICheckedOptions).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(ICheckedOptions)))
            .OrderBy(SectionOf, StringComparer.Ordinal),
    ];

    /// <summary>The settings of this program, in the order of the classes.</summary>
    public static IReadOnlyList<KnownKey> All { get; } = [.. OptionTypes.SelectMany(type => Below(SectionOf(type), type))];

    /// <summary>The section that an options class is bound to.</summary>
    public static string SectionOf(Type options) => (string)typeof(KnownKeys)
        .GetMethod(nameof(Section), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(options).Invoke(null, null)!;

    /// <summary>The known setting that a configuration key names, or null.</summary>
    public static KnownKey? Find(IReadOnlyList<KnownKey> known, string key)
    {
        foreach (KnownKey candidate in known)
        {
            if (Matches(candidate.Pattern.Split(':'), key.Split(':')))
                return candidate;
        }

        return null;
    }

    /// <summary>The settings below one section or property of a type.</summary>
    public static IEnumerable<KnownKey> Below(string path, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (ElementOf(type) is { } element)
            return Below($"{path}:*", element);
        if (type.Namespace?.StartsWith(nameof(DoorAgent), StringComparison.Ordinal) != true || !type.IsClass)
            return [new KnownKey(path, type)];
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite || ElementOf(property.PropertyType) is not null)
            .SelectMany(property => Below($"{path}:{property.Name}", property.PropertyType));
    }

    /// <summary>The type of the items of a list or dictionary; null for any other type.</summary>
    public static Type? ElementOf(Type type)
    {
        if (type == typeof(string) || !type.IsAssignableTo(typeof(IEnumerable)))
            return null;
        Type item = type.GetInterfaces().Append(type)
            .First(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>)).GetGenericArguments()[0];
        return item.IsGenericType && item.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) ? item.GetGenericArguments()[1] : item;
    }

    private static string Section<T>() where T : ICheckedOptions => T.Section;

    private static bool Matches(string[] pattern, string[] key) =>
        pattern.Length == key.Length && pattern.Zip(key).All(part =>
            part.First == "*" || part.First.Equals(part.Second, StringComparison.OrdinalIgnoreCase));
}
