using System.Reflection;
using System.Runtime.CompilerServices;
using Serilog;
using Serilog.Settings.Configuration;

namespace DoorAgent.Settings;

/// <summary>Finds what section Serilog can name: the shipped sinks, enrichers and so on, as Serilog's reader finds them.</summary>
internal static class SerilogMethods
{
    /// <summary>The assemblies that the reader searches; sub-loggers, enrichers and destructuring are in Serilog itself.</summary>
    public static Assembly[] Assemblies { get; } =
        [typeof(Log).Assembly, typeof(ConsoleLoggerConfigurationExtensions).Assembly, typeof(FileLoggerConfigurationExtensions).Assembly];

    /// <summary>What Using may name. The reader is given all assemblies anyway, so that Using is never needed.</summary>
    public static IReadOnlyList<string> Packages { get; } =
    [
        "Serilog", "Serilog.Sinks.Console", "Serilog.Sinks.File", "Serilog.Formatting.Compact", "Serilog.Settings.Configuration",
        "Serilog.Extensions.Hosting", "Serilog.Extensions.Logging",
    ];

    // Serilog's own methods are not extension methods; the reader has surrogates for them, with the parameters that can be configured.
    private static readonly Type StandIns =
        typeof(ConfigurationReaderOptions).Assembly
            .GetType("Serilog.Settings.Configuration.SurrogateConfigurationMethods", throwOnError: true)!;

    /// <summary>The methods that can be called on a part of a logger's configuration.</summary>
    /// <param name="part">The type of the part, such as LoggerSinkConfiguration for WriteTo.</param>
    public static IReadOnlyList<MethodInfo> On(Type part) =>
    [
        .. Assemblies.SelectMany(assembly => assembly.ExportedTypes)
            .Where(type => type is { IsAbstract: true, IsSealed: true, IsNested: false })
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => method.IsDefined(typeof(ExtensionAttribute), inherit: false))
            .Concat(StandIns.GetMethods(BindingFlags.NonPublic | BindingFlags.Static))
            .Where(method => method.GetParameters() is [var first, ..] && first.ParameterType == part),
    ];

    /// <summary>The parameters that may be given to a method: all but the first, which is the part itself.</summary>
    public static IEnumerable<ParameterInfo> Arguments(MethodInfo method) => method.GetParameters().Skip(1);

    /// <summary>The names of the parameters that must be given.</summary>
    public static IEnumerable<string> Needed(MethodInfo method) => Arguments(method)
        .Where(parameter => !parameter.HasDefaultValue && parameter.ParameterType != typeof(IConfiguration))
        .Select(parameter => parameter.Name!);

    /// <summary>The overload that the reader calls: the one that takes most of the given arguments, most of these as text.</summary>
    /// <returns>Null where every overload needs an argument that was not given.</returns>
    public static MethodInfo? Called(IEnumerable<MethodInfo> named, IReadOnlySet<string> given) => named
        .Where(method => Needed(method).All(given.Contains))
        .OrderByDescending(method => Arguments(method).Count(parameter => given.Contains(parameter.Name!)))
        .ThenByDescending(method => Arguments(method)
            .Count(parameter => given.Contains(parameter.Name!) && parameter.ParameterType == typeof(string)))
        .FirstOrDefault();
}
