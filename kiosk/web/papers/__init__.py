"""Lists, reports and files of the station as pages: what is read and copied, beside the desk that scans."""
