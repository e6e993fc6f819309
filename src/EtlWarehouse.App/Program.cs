using EtlWarehouse.App.Commands;

return await CommandLine.RunAsync(args);
