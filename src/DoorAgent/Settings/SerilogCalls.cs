using System.Reflection;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;

namespace DoorAgent.Settings;

/// <summary>Checks the lists of section Serilog that name shipped sinks, enrichers and so on, each with its arguments.</summary>
/// <param name="errors">Collects the errors.</param>
/// <param name="levels">Checks levels and switches.</param>
/// <param name="switches">The declared switches.</param>
internal sealed class SerilogCalls(SerilogErrors errors, SerilogLevels levels, IReadOnlySet<string> switches)
{
    private const string Name = "Name";
    private const string Args = "Args";

    /// <summary>Checks one list, such as WriteTo.</summary>
    /// <param name="list">Names, or sections with Name and Args.</param>
    /// <param name="what">What each item names, for messages.</param>
    /// <param name="part">The part of a logger's configuration that the items are called on.</param>
    public void Check(IConfigurationSection list, string what, Type part)
    {
        if (!errors.IsMany(list, $"a list: [ {{ \"{Name}\": ... }} ]"))
            return;
        foreach (IConfigurationSection call in list.GetChildren())
        {
            if (call.Value is null)
                CheckSection(call, what, part);
            else if (errors.IsOne(call))
                CheckCall(call, null, what, part);
        }
    }

    private void CheckSection(IConfigurationSection call, string what, Type part)
    {
        foreach (IConfigurationSection key in call.GetChildren().Where(key => !Is(key, Name) && !Is(key, Args)))
            errors.Unknown(key, [Name, Args]);
        IConfigurationSection name = call.GetSection(Name), args = call.GetSection(Args);
        if (!name.Exists())
            errors.Shape(call, $"has no {Name}.");
        else if (errors.IsOne(name) && errors.IsMany(args, "a section: { ... }"))
            CheckCall(name, args, what, part);
    }

    private void CheckCall(IConfigurationSection name, IConfigurationSection? args, string what, Type part)
    {
        IReadOnlyList<MethodInfo> all = SerilogMethods.On(part);
        MethodInfo[] named = [.. all.Where(method => method.Name == name.Value)];
        if (named.Length == 0)
        {
            errors.Unknown(name, what, [.. all.Select(method => method.Name).Distinct().Order(StringComparer.Ordinal)]);
            return;
        }

        IConfigurationSection[] given = [.. args?.GetChildren() ?? []];
        string[] known = [.. named.SelectMany(SerilogMethods.Arguments).Select(parameter => parameter.Name!).Distinct()];
        foreach (IConfigurationSection argument in given.Where(argument => !known.Contains(argument.Key, StringComparer.OrdinalIgnoreCase)))
            errors.Unknown(argument, known);
        HashSet<string> words = new(given.Select(argument => argument.Key), StringComparer.OrdinalIgnoreCase);
        if (SerilogMethods.Called(named, words) is not { } called)
        {
            IEnumerable<string> fewest = named.Select(SerilogMethods.Needed).MinBy(needed => needed.Count())!;
            errors.Wrong(name, $"it needs {string.Join(" and ", fewest)} in {Args}.");
            return;
        }

        foreach (IConfigurationSection argument in given)
        {
            if (SerilogMethods.Arguments(called).FirstOrDefault(parameter => Is(argument, parameter.Name!)) is { } parameter)
                CheckValue(argument, parameter.ParameterType);
        }
    }

    private void CheckValue(IConfigurationSection argument, Type type)
    {
        if (type.IsArray && argument.Value is null)
        {
            foreach (IConfigurationSection item in argument.GetChildren())
                CheckValue(item, type.GetElementType()!);
        }
        else if (type == typeof(Action<LoggerConfiguration>) && argument.Value is null)
            SerilogCheck.Check(argument, errors, switches);
        else if (type == typeof(Action<LoggerSinkConfiguration>) && argument.Value is null)
            Check(argument, "sink", typeof(LoggerSinkConfiguration));
        else if (type == typeof(Action<LoggerEnrichmentConfiguration>) && argument.Value is null)
            Check(argument, "enricher", typeof(LoggerEnrichmentConfiguration));
        else if (type == typeof(LoggingLevelSwitch) && argument.Value is not null)
            levels.CheckSwitch(argument);
        else if (type == typeof(bool) && argument.Value is { } isOn && !bool.TryParse(Environment.ExpandEnvironmentVariables(isOn), out _))
            errors.Wrong(argument, "it must be true or false.");
        else if ((Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } choice && argument.Value is { Length: > 0 } word
            && !IsOneOf(choice, word))
            errors.Wrong(argument, $"there is no such choice.{DidYouMean.Hint(word, Enum.GetNames(choice))}");
    }

    // Serilog's reader expands environment variables in the same way.
    private static bool IsOneOf(Type choice, string word) =>
        Enum.TryParse(choice, Environment.ExpandEnvironmentVariables(word), ignoreCase: true, out object? value)
        && Enum.IsDefined(choice, value);

    private static bool Is(IConfigurationSection section, string key) => section.Key.Equals(key, StringComparison.OrdinalIgnoreCase);
}
