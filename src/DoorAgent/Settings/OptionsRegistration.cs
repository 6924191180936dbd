using System.Collections;
using System.Reflection;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Settings;

/// <summary>Binds options classes to their sections and checks them, before anything starts.</summary>
internal static class OptionsRegistration
{
    /// <summary>Binds and checks every options class of the program, so that all that is wrong is said at once.</summary>
    /// <exception cref="UserErrorException">Values are out of range; the message lists those of all sections.</exception>
    public static void CheckAll(IConfiguration configuration)
    {
        List<string> errors = [];
        foreach (Type type in KnownKeys.OptionTypes)
            Read(type, configuration, errors);
        ThrowIfAny(errors);
    }

    /// <summary>One class with the values of its section, checked.</summary>
    /// <exception cref="UserErrorException">Values are out of range; the message lists all of this section.</exception>
    public static T Bind<T>(IConfiguration configuration) where T : class, ICheckedOptions, new()
    {
        List<string> errors = [];
        T options = (T)Read(typeof(T), configuration, errors);
        ThrowIfAny(errors);
        return options;
    }

    /// <summary>One class with the values of its section, for a command that needs only some of them and looks at those itself.</summary>
    public static T BindUnchecked<T>(IConfiguration configuration) where T : class, ICheckedOptions, new() => (T)Read(typeof(T), configuration, []);

    private static ICheckedOptions Read(Type type, IConfiguration configuration, List<string> errors)
    {
        ICheckedOptions options = (ICheckedOptions)Activator.CreateInstance(type)!;
        string name = KnownKeys.SectionOf(type);
        IConfigurationSection section = configuration.GetSection(name);
        ReplaceLists(options, section);
        section.Bind(options);
        OptionErrors found = new(name);
        options.Check(found);
        errors.AddRange(found.Messages);
        return options;
    }

    // Binding appends to a list that has defaults; a list in the configuration is meant instead of them.
    private static void ReplaceLists(ICheckedOptions options, IConfigurationSection section)
    {
        foreach (PropertyInfo property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0 || !section.GetSection(property.Name).Exists())
                continue;
            if (property.PropertyType.IsArray && property.CanWrite)
                property.SetValue(options, Array.CreateInstance(property.PropertyType.GetElementType()!, 0));
            else if (property.GetValue(options) is IList { IsFixedSize: false } list)
                list.Clear();
        }
    }

    private static void ThrowIfAny(List<string> errors)
    {
        if (errors.Count > 0)
            throw new UserErrorException(string.Join(Environment.NewLine, errors.Append("Correct the configuration and start again.")));
    }
}
