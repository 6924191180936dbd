using System.CommandLine;
using DoorAgent.Models;

namespace DoorAgent.Commands.Models;

/// <summary>Creates dooragent models calibration.</summary>
internal static class ModelsCalibrationCommand
{
    internal static Command Create()
    {
        Argument<string> id = new("ID") { Description = "The id of a network that 'models add' added." };
        Argument<string> table = new("FILE") { Description = "A calibration table, as 'calibrate --dataset' writes it." };
        Command command = new("calibration", """
            Adds a calibration table to an encoder of your own.

            A table belongs to one encoder, one detector and one rule of comparison, and replaces the table for the same three.
            It is refused when it was measured with another file. A running door uses the table after its next start.
            Example: dooragent models calibration own-arcface table.json
            """) { id, table };
        command.SetAction(result =>
        {
            ModelsAddCommand.ShowTables(ModelAddition.Calibrate(result.GetRequiredValue(id), result.GetRequiredValue(table),
                CommonOptions.ShowPlaces(result).ModelDirectories));
            return 0;
        });
        return command;
    }
}
