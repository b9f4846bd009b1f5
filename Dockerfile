# Odoo's own image and the one Python package it lacks (see requirements.txt).
FROM odoo:19
USER root
RUN pip3 install --no-cache-dir --break-system-packages rfc8785==0.1.4
USER odoo
