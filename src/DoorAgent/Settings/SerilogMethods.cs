using System.Reflection;
using System.Runtime.CompilerServices;
using Serilog;
using Serilog.Settings.Configuration;

namespace DoorAgent.Settings;

/// <summary>What section Serilog can name: the sinks, enrichers and the like that the program ships, as Serilog's reader finds them.</summary>
internal static class SerilogMethods
{
    /// <summary>Where the reader looks; Serilog itself holds the loggers below a logger, enrichers and destructuring.</summary>
    public static Assembly[] Assemblies { get; } =
        [typeof(Log).Assembly, typeof(ConsoleLoggerConfigurationExtensions).Assembly, typeof(FileLoggerConfigurationExtensions).Assembly];

    /// <summary>What Using may name. The reader looks where it is told anyway, so that none of them is needed.</summary>
    public static IReadOnlyList<string> Packages { get; } =
    [
        "Serilog", "Serilog.Sinks.Console", "Serilog.Sinks.File", "Serilog.Formatting.Compact", "Serilog.Settings.Configuration",
        "Serilog.Extensions.Hosting", "Serilog.Extensions.Logging",
    ];

    // Serilog's own are no extension methods; the reader keeps stand-ins for them, with the parameters that can be configured.
    private static readonly Type StandIns =
        typeof(ConfigurationReaderOptions).Assembly.GetType("Serilog.Settings.Configuration.SurrogateConfigurationMethods", throwOnError: true)!;

    /// <summary>What can be called on a part of a logger's configuration.</summary>
    /// <param name="part">Such as LoggerSinkConfiguration, for WriteTo.</param>
    public static IReadOnlyList<MethodInfo> On(Type part) =>
    [
        .. Assemblies.SelectMany(assembly => assembly.ExportedTypes).Where(type => type is { IsAbstract: true, IsSealed: true, IsNested: false })
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => method.IsDefined(typeof(ExtensionAttribute), inherit: false))
            .Concat(StandIns.GetMethods(BindingFlags.NonPublic | BindingFlags.Static))
            .Where(method => method.GetParameters() is [var first, ..] && first.ParameterType == part),
    ];

    /// <summary>What may be given to a method; the first parameter is the logger's.</summary>
    public static IEnumerable<ParameterInfo> Arguments(MethodInfo method) => method.GetParameters().Skip(1);

    /// <summary>What must be given.</summary>
    public static IEnumerable<string> Needed(MethodInfo method) => Arguments(method)
        .Where(parameter => !parameter.HasDefaultValue && parameter.ParameterType != typeof(IConfiguration)).Select(parameter => parameter.Name!);

    /// <summary>The one of several of a name that the reader calls: it has most of what was given, most of that as text.</summary>
    /// <returns>Null where each needs something that was not given.</returns>
    public static MethodInfo? Called(IEnumerable<MethodInfo> named, IReadOnlySet<string> given) => named
        .Where(method => Needed(method).All(given.Contains))
        .OrderByDescending(method => Arguments(method).Count(parameter => given.Contains(parameter.Name!)))
        .ThenByDescending(method => Arguments(method).Count(parameter => given.Contains(parameter.Name!) && parameter.ParameterType == typeof(string)))
        .FirstOrDefault();
}
